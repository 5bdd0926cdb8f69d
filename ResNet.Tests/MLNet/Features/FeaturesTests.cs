using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.Tests.MLNet.Images.Prepare;
using ResNet.Tests.MLNet.Saving;
using static TorchSharp.torch;

namespace ResNet.Tests.MLNet.Features;

/// <summary>Features in a pipeline: the network's own, in batches, before stock trainers, and in a model.zip.</summary>
public class FeaturesTests
{
    private static readonly MLContext Ml = new(1);

    private static ClassificationNetwork Network => Pictures.Trained.Model.LastTransformer.Network;

    private static float[][] Embeddings(IDataView view) => [.. view.GetColumn<float[]>("Embedding")];

    [Theory]
    [InlineData(ScoringEngine.OnnxRuntime)]
    [InlineData(ScoringEngine.TorchSharp)]
    public void They_are_what_the_networks_classifier_sees(ScoringEngine engine)
    {
        var pictures = Pictures.Make(10);
        using var model = Ml.Transforms.ResNetFeatures("Embedding", "Features", Network, scoring: new() { Engine = engine, BatchSize = 4 })
            .Fit(Ml.Data.LoadFromEnumerable(pictures));
        var features = Embeddings(model.Transform(Ml.Data.LoadFromEnumerable(pictures)));

        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var expected = Network.forward_head(
            Network.forward_features(tensor(pictures.SelectMany(picture => picture.Features).ToArray()).reshape(10, 3, 12, 12)), pre_logits: true);
        Assert.Equal(8, model.Length);
        Close(expected.flatten().data<float>().ToArray(), [.. features.SelectMany(values => values)]);
    }

    [Fact]
    public void A_prediction_engine_and_batches_agree_and_other_columns_pass()
    {
        var pictures = Pictures.Make(7);
        var data = Ml.Data.LoadFromEnumerable(pictures);
        using var model = Ml.Transforms.ResNetFeatures("Embedding", "Features", Network, FeatureLayer.OfStage(1), scoring: new() { BatchSize = 3 }).Fit(data);
        var rows = Ml.Data.CreateEnumerable<Embedded>(model.Transform(data), reuseRowObject: false).ToArray();
        Assert.Equal(pictures.Select(picture => picture.Id), rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.Equal(4, row.Embedding.Length));
        using var engine = Ml.Model.CreatePredictionEngine<Picture, Embedded>(model, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.All(pictures.Zip(rows), pair => Close(engine.Predict(pair.First).Embedding, pair.Second.Embedding));
    }

    [Fact]
    public void Maps_keep_their_dimensions()
    {
        var data = Ml.Data.LoadFromEnumerable(Pictures.Make(3));
        var estimator = Ml.Transforms.ResNetFeatures("Maps", "Features", Network, FeatureLayer.OfStage(2, pooled: false));
        using var model = estimator.Fit(data);
        var type = Assert.IsType<VectorDataViewType>(model.Transform(data).Schema["Maps"].Type);
        Assert.Equal(new[] { 8, 6, 6 }, type.Dimensions.ToArray());
        Assert.Equal(8 * 6 * 6, model.Transform(data).GetColumn<float[]>("Maps").First().Length);
        var shape = estimator.GetOutputSchema(Shape(data)).Single(column => column.Name == "Maps");
        Assert.Equal(SchemaShape.Column.VectorKind.Vector, shape.Kind);
    }

    [Fact]
    public void A_stock_trainer_learns_from_them_and_the_saved_model_needs_stock_packages_alone()
    {
        using var saved = new SavedModels();
        var data = Ml.Data.LoadFromEnumerable(Pictures.Make(60));
        using var model = Ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(Ml.Transforms.ResNetFeatures("Embedding", "Features", Network))
            .AppendCacheCheckpoint(Ml)
            .Append(Ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: "Embedding"))
            .Append(Ml.Transforms.Conversion.MapKeyToValue("Fruit", "PredictedLabel"))
            .Fit(data);
        var test = Ml.Data.LoadFromEnumerable(Pictures.Make(30, seed: 9));
        Assert.Equal(1, Ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy);

        var zip = saved.Save(Ml, model, data.Schema);
        Assert.Empty(saved.Left);
        var loaded = new MLContext(2).Model.Load(zip, out var schema);
        using var disposable = (IDisposable)loaded;
        Assert.DoesNotContain(Parts(loaded), part => part.GetType().Assembly == typeof(FeaturesTransformer).Assembly);
        Assert.Equal(SavedModels.Columns(model.GetOutputSchema(data.Schema)), SavedModels.Columns(loaded.GetOutputSchema(schema)));
        SavedModels.AssertSameScores(model.Transform(test), loaded.Transform(test));
    }

    [Fact]
    public void Images_of_a_size_that_only_rows_tell_work_and_are_saved_once_they_are_resized()
    {
        using var saved = new SavedModels();
        using var folder = new TemporaryFolder();
        var files = Ml.Data.LoadFromEnumerable(Photos.Write(folder.Path));
        var images = Ml.Transforms.LoadImages("Image", "", "Path").Append(Ml.Transforms.ResizeImages("Image", 12, 12));
        IDataView Loaded() => images.Fit(files).Transform(files);
        using var model = Ml.Transforms.ResNetFeatures("Embedding", "Image", Network).Fit(Loaded());
        var expected = Embeddings(model.Transform(Loaded()));
        Assert.Equal(6, expected.Length);

        using var stock = (IDisposable)Ml.Model.Load(saved.Save(Ml, model, Loaded().Schema), out _);
        Close([.. expected.SelectMany(values => values)], [.. Embeddings(((ITransformer)stock).Transform(Loaded())).SelectMany(values => values)]);

        var one = Ml.Data.LoadFromEnumerable(Photos.Write(folder.Path).Take(1));
        var raw = Ml.Transforms.LoadImages("Image", "", "Path").Fit(one).Transform(one);
        using var unsized = Ml.Transforms.ResNetFeatures("Embedding", "Image", Network).Fit(raw);
        Assert.Equal(new ImageShape(3, 40, 61), unsized.ImageShape);
        Assert.Contains("ResizeImages", Assert.Throws<InvalidOperationException>(() => saved.Save(Ml, unsized, raw.Schema, "unsized.zip")).Message);
    }

    [Fact]
    public void A_network_that_was_given_stays_its_owners()
    {
        using var network = (Pictures.Tiny() with { Classes = 2 }).Create(seed: 1);
        var data = Ml.Data.LoadFromEnumerable(Pictures.Make(3));
        var model = Ml.Transforms.ResNetFeatures("Embedding", "Features", network).Fit(data);
        var view = model.Transform(data);
        model.Dispose();
        model.Dispose();
        Assert.IsType<ObjectDisposedException>(Record.Exception(() => Embeddings(view))?.GetBaseException());
        using var again = Ml.Transforms.ResNetFeatures("Embedding", "Features", network).Fit(data);
        Assert.Equal(3, Embeddings(again.Transform(data)).Length);
    }

    [Fact]
    public void A_model_file_gives_the_features_of_its_network()
    {
        using var saved = new SavedModels();
        var (ml, data, trained) = Pictures.Trained;
        var file = ResNetModelFile.Read(saved.Save(ml, trained, data.Schema));
        using var model = ml.Transforms.ResNetFeatures("Embedding", "Features", file).Fit(data);
        using var direct = ml.Transforms.ResNetFeatures("Embedding", "Features", Network).Fit(data);
        Assert.Equal(Embeddings(direct.Transform(data)), Embeddings(model.Transform(data)));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var data = Ml.Data.LoadFromEnumerable(Pictures.Make(3));
        Assert.Contains("another output column", Assert.Throws<ArgumentException>(() => Ml.Transforms.ResNetFeatures("Features", "Features", Network)).Message);
        Assert.Contains("resnet50", Assert.Throws<ArgumentException>(() => Ml.Transforms.ResNetFeatures("Embedding", "Features", "resnet50.nobody")).Message);
        Assert.Contains("no stage 3", Assert.Throws<ArgumentOutOfRangeException>(() =>
            Ml.Transforms.ResNetFeatures("Embedding", "Features", Network, FeatureLayer.OfStage(3)).Fit(data)).Message);
        Assert.Contains("'Pixels'", Assert.Throws<ArgumentOutOfRangeException>(() => Ml.Transforms.ResNetFeatures("Embedding", "Pixels", Network).Fit(data)).Message);
        using var large = (NetworkPresets.Get("resnet18") with { Classes = 2 }).Create(seed: 1);
        Assert.Contains("32×32", Assert.Throws<ArgumentException>(() => Ml.Transforms.ResNetFeatures("Embedding", "Features", large).Fit(data)).Message);
        var none = Ml.Data.LoadFromEnumerable(Array.Empty<Photo>());
        Assert.Contains("no rows", Assert.Throws<InvalidDataException>(() => Ml.Transforms.ResNetFeatures("Embedding", "Image", Network).Fit(none)).Message);
    }

    private static SchemaShape Shape(IDataView data) => ResNet.MLNet.Schema.SchemaShapes.Of(data.Schema);

    private static IEnumerable<ITransformer> Parts(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [model];

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-4);
    }

    private sealed class Embedded
    {
        public int Id { get; set; }

        public float[] Embedding { get; set; } = [];
    }
}
