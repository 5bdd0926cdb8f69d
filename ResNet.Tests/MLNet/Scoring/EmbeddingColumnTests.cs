using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.MLNet.Schema;
using ResNet.Tests.MLNet.Saving;

namespace ResNet.Tests.MLNet.Scoring;

/// <summary>The embedding beside the scores: the network's features, from the same pass, also after a reload.</summary>
public class EmbeddingColumnTests
{
    private static readonly MLContext Ml = new(1);

    private static readonly IDataView Data = Pictures.Keyed(Ml, Pictures.Make(20));

    private static ResNetClassificationTransformer Train(ScoringEngine engine, TestTimeAugmentation augmentation = TestTimeAugmentation.None) =>
        new ResNetClassificationTrainer(Pictures.Options(o =>
            (o.EmbeddingColumnName, o.ScoringEngine, o.TestTimeAugmentation) = ("Embedding", engine, augmentation))).Fit(Data);

    [Theory]
    [InlineData(ScoringEngine.OnnxRuntime)]
    [InlineData(ScoringEngine.TorchSharp)]
    public void It_is_what_ResNetFeatures_gives(ScoringEngine engine)
    {
        using var model = Train(engine);
        using var features = Ml.Transforms.ResNetFeatures("Embedding", "Features", model.Network, scoring: new() { Engine = engine, BatchSize = 8 }).Fit(Data);
        Close(Embeddings(features.Transform(Data)), Embeddings(model.Transform(Data)));

        // The scores are those of a model without it, whichever columns are read.
        using var plain = new ResNetClassificationTrainer(Pictures.Options(o => o.ScoringEngine = engine)).Fit(Data);
        SavedModels.AssertSameScores(plain.Transform(Data), model.Transform(Data), 1e-6f);
        var rows = Ml.Data.CreateEnumerable<Row>(model.Transform(Data), reuseRowObject: false).ToArray();
        Close(Embeddings(model.Transform(Data)), [.. rows.Select(row => row.Embedding)]);
        using var one = Ml.Model.CreatePredictionEngine<Picture, Row>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var predicted = Pictures.Make(20).Select(picture => one.Predict(picture)).ToArray();
        Close([.. rows.Select(row => row.Embedding)], [.. predicted.Select(row => row.Embedding)]);
        Close([.. rows.Select(row => row.Score)], [.. predicted.Select(row => row.Score)]);
        Assert.Equal(rows.Select(row => row.PredictedLabel), predicted.Select(row => row.PredictedLabel));
    }

    [Theory]
    [InlineData(TestTimeAugmentation.None)]
    [InlineData(TestTimeAugmentation.Flip)]
    public void It_survives_a_model_zip(TestTimeAugmentation augmentation)
    {
        using var saved = new SavedModels();
        using var model = Train(ScoringEngine.Auto, augmentation);
        var zip = saved.Save(Ml, model, Data.Schema);
        var expected = Embeddings(model.Transform(Data));
        var stock = Ml.Model.Load(zip, out _);
        Assert.Equal(SavedModels.Columns(model.GetOutputSchema(Data.Schema)), SavedModels.Columns(stock.GetOutputSchema(Data.Schema)));
        Close(expected, Embeddings(stock.Transform(Data)));
        foreach (var engine in new[] { ScoringEngine.OnnxRuntime, ScoringEngine.TorchSharp })
        {
            using var ours = (ResNetClassificationTransformer)Ml.Model.LoadResNet(zip, out _, new() { Engine = engine });
            Assert.Equal(SavedModels.Columns(model.GetOutputSchema(Data.Schema)), SavedModels.Columns(ours.GetOutputSchema(Data.Schema)));
            Close(expected, Embeddings(ours.Transform(Data)));
            SavedModels.AssertSameScores(model.Transform(Data), ours.Transform(Data));
        }

        ((IDisposable)stock).Dispose();
    }

    [Fact]
    public void The_shape_foretells_it_and_it_stands_before_the_score()
    {
        using var model = Train(ScoringEngine.Auto);
        var schema = model.GetOutputSchema(Data.Schema);
        Assert.Equal(["Embedding", "Score", "PredictedLabel"], schema.Skip(schema.Count - 3).Select(column => column.Name));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, model.Specification.Features), schema["Embedding"].Type);
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o => o.EmbeddingColumnName = "Embedding"));
        var shape = trainer.GetOutputSchema(SchemaShapes.Of(Data.Schema)).Single(column => column.Name == "Embedding");
        Assert.Equal((SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single), (shape.Kind, shape.ItemType));
    }

    [Fact]
    public void Columns_of_one_name_are_refused_before_training()
    {
        foreach (var name in new[] { "Score", "PredictedLabel", "Features" })
            Assert.Contains("must differ", Assert.Throws<ArgumentException>(() =>
                new ResNetClassificationTrainer(Pictures.Options(o => o.EmbeddingColumnName = name)).Fit(Data)).Message);
        Assert.Throws<ArgumentException>(() => Pictures.Options(o => o.EmbeddingColumnName = " "));
    }

    private static float[][] Embeddings(IDataView view) => [.. view.GetColumn<float[]>("Embedding")];

    private static void Close(float[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.Length, pair.Second.Length);
            Assert.InRange(pair.First.Zip(pair.Second).Max(value => Math.Abs(value.First - value.Second)), 0, 1e-4);
        });
    }

    private sealed class Row
    {
        public float[] Embedding { get; set; } = [];

        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
