using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;
using ResNet.MLNet.Schema;
using ResNet.Tests.MLNet.Saving;

namespace ResNet.Tests.MLNet.TopK;

/// <summary>Which labels, which scores, best first: live, saved and after other trainers.</summary>
public class TopKTests
{
    private static readonly MLContext Ml = new(1);

    [Fact]
    public void Labels_and_scores_are_the_sorted_scores()
    {
        var (ml, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        using var top = ml.Transforms.TopK(k: 2).Fit(scored);
        var rows = Rows(top.Transform(scored));
        Assert.Equal(90, rows.Length);
        foreach (var row in rows)
        {
            var best = row.Score.Select((score, i) => (score, Label: Pictures.Labels[i])).OrderByDescending(pair => pair.score).Take(2).ToArray();
            Assert.Equal(best.Select(pair => pair.Label), row.TopLabels);
            Assert.Equal(best.Select(pair => pair.score), row.TopScores);
            Assert.Equal(Pictures.Labels[row.PredictedLabel - 1], row.TopLabels[0]);
        }

        using var engine = ml.Model.CreatePredictionEngine<Picture, Row>(model.Append(top), new PredictionEngineOptions { OwnsTransformer = false });
        Assert.Equal(rows[1].TopLabels, engine.Predict(Pictures.Make(2)[1]).TopLabels);
    }

    [Fact]
    public void They_survive_a_model_zip_everywhere()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        using var top = ml.Transforms.TopK(k: 3).Fit(model.Transform(data));
        var whole = model.Append(top);
        var zip = saved.Save(ml, whole, data.Schema);
        Assert.Empty(saved.Left);
        var expected = Rows(whole.Transform(data));

        var stock = new MLContext(2).Model.Load(zip, out var schema);
        Assert.DoesNotContain(Parts(stock), part => part.GetType().Assembly == typeof(TopKTransformer).Assembly);
        Assert.Equal(SavedModels.Columns(whole.GetOutputSchema(data.Schema)), SavedModels.Columns(stock.GetOutputSchema(schema)));
        AssertSame(expected, Rows(stock.Transform(data)));

        var ours = ml.Model.LoadResNet(zip, out _);
        Assert.NotNull(SavedModels.Find(ours));
        AssertSame(expected, Rows(ours.Transform(data)));
        // A model that was saved without it gets it afterwards.
        var without = ml.Model.LoadResNet(saved.Save(ml, model, data.Schema, "without.zip"), out _);
        using var later = ml.Transforms.TopK(k: 3).Fit(without.Transform(data));
        AssertSame(expected, Rows(later.Transform(without.Transform(data))));
        foreach (var loaded in new[] { stock, ours, without }) ((IDisposable)loaded).Dispose();
    }

    [Fact]
    public void Of_equal_scores_the_first_class_comes_first()
    {
        var view = Scores([.2f, .3f, .2f, .3f], [0, 0, 0, 0]);
        using var top = Ml.Transforms.TopK(4, labels: ["a", "b", "b", "c"]).Fit(view);
        Assert.Equal([["b", "c", "a", "b"], ["a", "b", "b", "c"]], top.Transform(view).GetColumn<string[]>("TopLabels"));
        Assert.Equal([.3f, .3f, .2f, .2f], top.Transform(view).GetColumn<float[]>("TopScores").First());
    }

    [Fact]
    public void Scores_that_are_not_numbers_have_no_labels()
    {
        var view = Scores([float.NaN, float.NaN, float.NaN, float.NaN], [.1f, .2f, .3f, .4f]);
        using var top = Ml.Transforms.TopK(2, labels: ["a", "b", "c", "d"]).Fit(view);
        Assert.Equal([["", ""], ["d", "c"]], top.Transform(view).GetColumn<string[]>("TopLabels"));
        Assert.All(top.Transform(view).GetColumn<float[]>("TopScores").First(), score => Assert.Equal(float.NaN, score));
    }

    [Fact]
    public void A_stock_trainers_scores_do_too()
    {
        var data = Ml.Data.LoadFromEnumerable(Pictures.Make(30).Select(picture => new Flat { Label = picture.Label, Features = picture.Features }));
        var pipeline = Ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(Ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(Ml.Transforms.TopK(2, "Best", "BestScores"));
        using var model = pipeline.Fit(data);
        var best = model.Transform(data).GetColumn<string[]>("Best").ToArray();
        Assert.Equal(Pictures.Make(30).Select(picture => picture.Label), best.Select(labels => labels[0]));
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance, 2), model.Transform(data).Schema["Best"].Type);
        var shape = pipeline.GetOutputSchema(SchemaShapes.Of(data.Schema)).ToDictionary(column => column.Name);
        Assert.Equal((SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance), (shape["Best"].Kind, shape["Best"].ItemType));
        Assert.Equal((SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single), (shape["BestScores"].Kind, shape["BestScores"].ItemType));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var (ml, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        Assert.Contains("has 3 scores", Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.TopK(4).Fit(scored)).Message);
        Assert.Contains("1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => ml.Transforms.TopK(0)).Message);
        Assert.Contains("different names", Assert.Throws<ArgumentException>(() => ml.Transforms.TopK(1, "Score")).Message);
        Assert.Contains("no score column 'Scores'", Assert.ThrowsAny<ArgumentException>(() => ml.Transforms.TopK(1, scoreColumnName: "Scores").Fit(scored)).Message);
        Assert.Contains("multiclass", Assert.Throws<ArgumentException>(() => ml.Transforms.TopK(1, scoreColumnName: "Id").Fit(scored)).Message);
        Assert.Contains("slot names", Assert.Throws<ArgumentException>(() => ml.Transforms.TopK(1).Fit(Scores([1, 2, 3, 4]))).Message);
        Assert.Contains("2 labels", Assert.Throws<ArgumentException>(() => ml.Transforms.TopK(1, labels: ["a", "b"]).Fit(Scores([1, 2, 3, 4]))).Message);
    }

    private static IDataView Scores(params float[][] rows) => Ml.Data.LoadFromEnumerable(rows.Select(scores => new Scored { Score = scores }).ToList());

    private static Row[] Rows(IDataView view) => [.. Ml.Data.CreateEnumerable<Row>(view, reuseRowObject: false)];

    private static IEnumerable<ITransformer> Parts(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [model];

    private static void AssertSame(Row[] expected, Row[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair =>
        {
            Assert.Equal(pair.First.TopLabels, pair.Second.TopLabels);
            Assert.All(pair.First.TopScores.Zip(pair.Second.TopScores), scores => Assert.Equal(scores.First, scores.Second, 1e-5f));
        });
    }

    private sealed class Row
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }

        public string[] TopLabels { get; set; } = [];

        public float[] TopScores { get; set; } = [];
    }

    private sealed class Scored
    {
        [VectorType(4)]
        public float[] Score { get; set; } = [];
    }

    private sealed class Flat
    {
        public string Label { get; set; } = "";

        [VectorType(432)]
        public float[] Features { get; set; } = [];
    }
}
