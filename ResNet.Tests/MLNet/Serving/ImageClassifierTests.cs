using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.Tests.MLNet.Images.Prepare;
using ResNet.Tests.MLNet.Saving;

namespace ResNet.Tests.MLNet.Serving;

/// <summary>Requests of many threads in common batches: each gets what it would get alone.</summary>
public sealed class ImageClassifierTests : IDisposable
{
    private static readonly Preprocessing Preparation = new() { Resize = 16, Crop = 12 };
    private static readonly ImageClassifierOptions Options = new() { Preprocessing = Preparation, BatchSize = 4, QueueLength = 8 };
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _paths;

    public ImageClassifierTests() => _paths = [.. Photos.Write(_folder.Path).Select(photo => photo.Path)];

    private static ResNetClassificationTransformer Model => Pictures.Trained.Model.LastTransformer;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Many_threads_get_what_each_would_get_alone()
    {
        var expected = OneByOne();
        await using var classifier = new ImageClassifier(Pictures.Trained.Model, Options);
        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Task.Run(() => (i % 3) switch
        {
            0 => classifier.PredictAsync(_paths[i % 6]),
            1 => classifier.PredictAsync(File.ReadAllBytes(_paths[i % 6])),
            _ => Decoded(classifier, i % 6),
        })));
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.All(expected[i % 6].Zip(answers[i].Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.Equal(Pictures.Labels, answers[i].LabelNames);
            var best = Array.IndexOf(answers[i].Scores.ToArray(), answers[i].Scores.Max());
            Assert.Equal((Pictures.Labels[best], answers[i].Scores[best]), (answers[i].Label, answers[i].Score));
            Assert.Equal((answers[i].Label, answers[i].Score), answers[i].Top(3)[0]);
            Assert.Equal(answers[i].Scores.OrderDescending(), answers[i].Top(5).Select(pair => pair.Score));
        }

        static async Task<ImagePrediction> Decoded(ImageClassifier classifier, int photo)
        {
            using var image = Photos.Image(photo);
            return await classifier.PredictAsync(image);
        }
    }

    [Fact]
    public async Task An_unreadable_image_fails_its_own_request_alone()
    {
        File.WriteAllText(_folder.File("bad.jpg"), "<html>");
        await using var classifier = new ImageClassifier(Model, Options with { MaxDelay = TimeSpan.FromMilliseconds(50) });
        var requests = Enumerable.Range(0, 24).Select(i => classifier.PredictAsync(i % 4 == 1 ? _folder.File("bad.jpg") : _paths[i % 6])).ToArray();
        for (var i = 0; i < requests.Length; i++)
        {
            if (i % 4 == 1) Assert.Contains("bad.jpg' is not a JPEG", (await Assert.ThrowsAsync<InvalidDataException>(() => requests[i])).Message);
            else Assert.InRange((await requests[i]).Score, 1f / 3, 1);
        }
        Assert.Contains("Upload 7 is empty", (await Assert.ThrowsAsync<InvalidDataException>(() => classifier.PredictAsync(ReadOnlyMemory<byte>.Empty, "Upload 7"))).Message);
        using var gone = Photos.Image(0);
        gone.Dispose();
        await Assert.ThrowsAsync<InvalidDataException>(() => classifier.PredictAsync(gone));
    }

    [Fact]
    public async Task Disposing_answers_what_was_asked_and_takes_nothing_more()
    {
        var classifier = new ImageClassifier(Model, Options with { MaxDelay = TimeSpan.FromSeconds(30), BatchSize = 64 });
        var requests = Enumerable.Range(0, 20).Select(i => classifier.PredictAsync(_paths[i % 6])).ToArray();
        await Task.WhenAll(classifier.DisposeAsync().AsTask(), classifier.DisposeAsync().AsTask());
        Assert.All(requests, request => Assert.True(request.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => classifier.PredictAsync(_paths[0]));
        // The model stays.
        Assert.Equal(90, Pictures.Scores(Model.Transform(Pictures.Trained.Model.Take(1).Single().Transform(Pictures.Trained.Data))).Length);
    }

    [Fact]
    public async Task A_request_that_is_given_up_does_not_hold_others_up()
    {
        await using var classifier = new ImageClassifier(Model, Options);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => classifier.PredictAsync(_paths[0], new CancellationToken(canceled: true)));
        var expected = OneByOne();
        var requests = Enumerable.Range(0, 60).Select(async i =>
        {
            using var cancellation = new CancellationTokenSource();
            var request = classifier.PredictAsync(_paths[i % 6], cancellation.Token);
            if (i % 2 == 0) cancellation.Cancel();
            try
            {
                return (i, Answer: (ImagePrediction?)await request);
            }
            catch (OperationCanceledException) when (i % 2 == 0)
            {
                return (i, Answer: null);
            }
        });
        foreach (var (i, answer) in await Task.WhenAll(requests))
            if (i % 2 == 1) Assert.All(expected[i % 6].Zip(answer!.Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public async Task A_reloaded_model_serves_and_a_disposed_one_says_so()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        var loaded = ml.Model.LoadResNet(saved.Save(ml, model, data.Schema), out _);
        loaded.WarmUp();
        await using var classifier = new ImageClassifier(loaded, Options);
        Assert.All(OneByOne()[2].Zip((await classifier.PredictAsync(_paths[2])).Scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        ((IDisposable)loaded).Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => classifier.PredictAsync(_paths[2]));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var (ml, data, model) = Pictures.Trained;
        Assert.Contains("Preprocessing.Square", Assert.Throws<ArgumentException>(() => new ImageClassifier(model)).Message);
        Assert.Contains("3×12×12", Assert.Throws<ArgumentException>(() => new ImageClassifier(model, Options with { Preprocessing = Preprocessing.Cifar })).Message);
        Assert.Contains("LoadResNet", Assert.Throws<ArgumentException>(() => new ImageClassifier(ml.Transforms.CopyColumns("A", "Id").Fit(data), Options)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageClassifierOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageClassifierOptions { QueueLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageClassifierOptions { MaxDelay = TimeSpan.FromMinutes(2) });
    }

    // By the pipeline, row by row.
    private float[][] OneByOne()
    {
        var ml = Pictures.Trained.Context;
        return [.. _paths.Select(path =>
        {
            var file = ml.Data.LoadFromEnumerable(new[] { new PhotoFile { Path = path } });
            var pixels = ml.Transforms.LoadImages("Image", "", "Path")
                .Append(ml.Transforms.PrepareImages("Features", "Image", Preparation, PrepareImagesMode.Exact)).Fit(file).Transform(file);
            return Pictures.Scores(Model.Transform(pixels)).Single();
        })];
    }
}
