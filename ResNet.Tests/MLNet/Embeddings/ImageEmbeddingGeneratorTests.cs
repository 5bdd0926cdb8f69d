using Microsoft.Extensions.AI;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.Tests.Core;
using ResNet.Tests.MLNet.Images.Prepare;
using ResNet.Tests.MLNet.Saving;

namespace ResNet.Tests.MLNet.Embeddings;

/// <summary>Embeddings through Microsoft.Extensions.AI: ResNetFeatures' vectors, from paths, bytes and images.</summary>
public sealed class ImageEmbeddingGeneratorTests : IDisposable
{
    private static readonly MLContext Ml = new(1);
    private static readonly Preprocessing Preparation = new() { Resize = 16, Crop = 12 };
    private static readonly ScoringOptions Batches = new() { BatchSize = 4 };
    private readonly TemporaryFolder _folder = new();

    private static ClassificationNetwork Network => Pictures.Trained.Model.LastTransformer.Network;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ScoringEngine.OnnxRuntime)]
    [InlineData(ScoringEngine.TorchSharp)]
    public async Task They_are_ResNetFeatures_vectors_to_the_bit(ScoringEngine engine)
    {
        var paths = Photos.Write(_folder.Path).Select(photo => photo.Path).ToArray();
        var scoring = Batches with { Engine = engine };
        var expected = Features(paths, Network, Preparation, scoring);
        using var files = new ImageEmbeddingGenerator<string>(Network, Preparation, scoring: scoring);
        Assert.Equal(expected, Vectors(await files.GenerateAsync(paths)));

        using var contents = new ImageEmbeddingGenerator<DataContent>(Network, Preparation, scoring: scoring);
        Assert.Equal(expected, Vectors(await contents.GenerateAsync(paths.Select(path => new DataContent(File.ReadAllBytes(path), "image/png")))));
        var uri = $"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(paths[1]))}";
        Assert.Equal(expected[1], (await contents.GenerateAsync(new DataContent(uri))).Vector.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);

        using var images = new ImageEmbeddingGenerator<MLImage>(Network, Preparation, scoring: scoring);
        var photos = Enumerable.Range(0, paths.Length).Select(Photos.Image).ToArray();
        Assert.Equal(expected, Vectors(await images.GenerateAsync(photos)));
        Assert.All(photos, photo => Assert.True(photo.Width > 0));
        foreach (var photo in photos) photo.Dispose();
    }

    [SkippableFact]
    public async Task Real_photos_too()
    {
        string[] paths = [.. new[] { "chelsea.png", "coffee.png", "broccoli.jpg", "canoe3.jpg" }.Select(name => SharedData.Require($"imagenet/{name}"))];
        using var network = (NetworkPresets.Get("resnet18") with { Classes = 5, InputSize = 64 }).Create(seed: 3);
        var preparation = new Preprocessing { Resize = 72, Crop = 64 };
        var expected = Features(paths, network, preparation, Batches);
        using var generator = new ImageEmbeddingGenerator<string>(network, preparation, scoring: Batches);
        Assert.Equal(512, generator.Dimensions);
        Assert.Equal(expected, Vectors(await generator.GenerateAsync(paths)));
    }

    [Fact]
    public async Task It_says_what_it_is_and_serves_many_threads()
    {
        using var generator = new ImageEmbeddingGenerator<string>(Network, Preparation, scoring: Batches);
        var metadata = generator.GetRequiredService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("ResNet.MLNet", "tiny", 8), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>)));
        Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator)));
        Assert.Same(Network, generator.GetService(typeof(ClassificationNetwork)));
        Assert.Null(generator.GetService(typeof(EmbeddingGeneratorMetadata), "key"));
        Assert.Null(generator.GetService(typeof(HttpClient)));

        var paths = Photos.Write(_folder.Path).Select(photo => photo.Path).ToArray();
        var expected = Vectors(await generator.GenerateAsync(paths));
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => generator.GenerateAsync(paths)));
        Assert.All(all, embeddings => Assert.Equal(expected, Vectors(embeddings)));
        Assert.All(all[0], embedding => Assert.Equal(("tiny", 8), (embedding.ModelId, embedding.Dimensions)));
        Assert.Empty(await generator.GenerateAsync([]));
        var one = await generator.GenerateVectorAsync(paths[0]);
        Assert.All(expected[0].Zip(one.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said()
    {
        var paths = Photos.Write(_folder.Path).Select(photo => photo.Path).ToArray();
        File.WriteAllText(_folder.File("bad.jpg"), "<html>");
        using var generator = new ImageEmbeddingGenerator<string>(Network, Preparation, scoring: Batches);
        var unreadable = await Assert.ThrowsAsync<InvalidDataException>(() => generator.GenerateAsync([.. paths[..5], _folder.File("bad.jpg"), "missing.png"]));
        Assert.Contains("Input 5 (from 0)", unreadable.Message);
        Assert.Contains("bad.jpg' is not a JPEG", unreadable.Message);
        Assert.Contains("gives 8", (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(paths, new() { Dimensions = 9 }))).Message);
        Assert.Contains("is tiny", (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(paths, new() { ModelId = "clip" }))).Message);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(paths, cancellationToken: new(canceled: true)));

        using var contents = new ImageEmbeddingGenerator<DataContent>(Network, Preparation, scoring: Batches);
        var text = new DataContent(new byte[] { 1, 2 }, "text/plain") { Name = "letter" };
        Assert.Contains("'letter' is text/plain", (await Assert.ThrowsAsync<InvalidDataException>(() => contents.GenerateAsync([text]))).Message);
        Assert.Contains("Input 0 (from 0): It is null", (await Assert.ThrowsAsync<InvalidDataException>(() => contents.GenerateAsync([null!]))).Message);
        Assert.Contains("MLImage", Assert.Throws<NotSupportedException>(() => new ImageEmbeddingGenerator<Uri>(Network, Preparation)).Message);
        Assert.Contains("TestTimeAugmentation", Assert.Throws<ArgumentException>(() =>
            new ImageEmbeddingGenerator<string>(Network, Preparation, scoring: new() { TestTimeAugmentation = TestTimeAugmentation.Flip })).Message);
    }

    [Fact]
    public async Task A_model_file_gives_its_networks_and_disposing_ends_it()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        var file = ResNetModelFile.Read(saved.Save(ml, model, data.Schema));
        Assert.Contains("preprocessing", Assert.Throws<ArgumentException>(() => new ImageEmbeddingGenerator<string>(file)).Message);
        var paths = Photos.Write(_folder.Path).Select(photo => photo.Path).ToArray();
        var generator = new ImageEmbeddingGenerator<string>(file, Preparation, scoring: Batches);
        Assert.Equal(Features(paths, Network, Preparation, Batches), Vectors(await generator.GenerateAsync(paths)));
        generator.Dispose();
        generator.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(paths));
        // A network that was given is not disposed of.
        new ImageEmbeddingGenerator<string>(Network, Preparation).Dispose();
        Assert.False(Network.state_dict()["fc.weight"].IsInvalid);
    }

    private static float[][] Vectors(GeneratedEmbeddings<Embedding<float>> embeddings) => [.. embeddings.Select(embedding => embedding.Vector.ToArray())];

    private static float[][] Features(string[] paths, ClassificationNetwork network, Preprocessing preprocessing, ScoringOptions scoring)
    {
        var files = Ml.Data.LoadFromEnumerable(paths.Select(path => new PhotoFile { Path = path }));
        using var model = Ml.Transforms.LoadImages("Image", "", "Path")
            .Append(Ml.Transforms.PrepareImages("Pixels", "Image", preprocessing, PrepareImagesMode.Exact))
            .Append(Ml.Transforms.ResNetFeatures("Embedding", "Pixels", network, scoring: scoring))
            .Fit(files);
        return [.. model.Transform(files).GetColumn<float[]>("Embedding")];
    }
}
