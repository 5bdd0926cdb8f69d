using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.Tests.Behaviour.MicrosoftML;

/// <summary>Multiclass metrics against their definitions, and a stock trainer on separable data.</summary>
public class EvaluationTests
{
    private sealed class Scored
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [KeyType(3)]
        public uint PredictedLabel { get; set; }

        [VectorType(3)]
        public float[] Score { get; set; } = [];
    }

    [Fact]
    public void Metrics_follow_their_definitions()
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 300).Select(_ =>
        {
            var z = new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() };
            var score = z.Select(v => (float)(v / z.Sum())).ToArray();
            return new Scored { Label = (uint)random.Next(3), PredictedLabel = (uint)Array.IndexOf(score, score.Max()), Score = score };
        }).ToList();
        var metrics = new MLContext(1).MulticlassClassification.Evaluate(new MLContext(1).Data.LoadFromEnumerable(rows), topKPredictionCount: 2);

        Assert.Equal(rows.Average(r => r.Label == r.PredictedLabel ? 1.0 : 0), metrics.MicroAccuracy, 1e-9);
        Assert.Equal(rows.GroupBy(r => r.Label).Average(g => g.Average(r => r.Label == r.PredictedLabel ? 1.0 : 0)), metrics.MacroAccuracy, 1e-9);
        Assert.Equal(rows.Average(r => -Math.Log(r.Score[r.Label])), metrics.LogLoss, 1e-5);
        Assert.Equal(rows.Average(r => r.Score.Count(s => s > r.Score[r.Label]) < 2 ? 1.0 : 0), metrics.TopKAccuracy, 1e-9);
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                Assert.Equal(rows.Count(r => r.Label == i && r.PredictedLabel == j), metrics.ConfusionMatrix.Counts[i][j]);
        for (var i = 0; i < 3; i++)
            Assert.Equal(rows.Where(r => r.Label == i).Average(r => r.PredictedLabel == i ? 1.0 : 0), metrics.ConfusionMatrix.PerClassRecall[i], 1e-9);
    }

    private sealed class Point
    {
        public string Name { get; set; } = "";

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    [Fact]
    public void A_stock_trainer_separates_what_is_separable()
    {
        var ml = new MLContext(1);
        var random = new Random(1);
        var points = Enumerable.Range(0, 120).Select(i => new Point
        {
            Name = "class" + i % 3,
            Features = [i % 3 * 4 + random.NextSingle(), i % 3 * (i % 3 - 2) * 4 + random.NextSingle()],
        }).ToList();
        var data = ml.Data.LoadFromEnumerable(points);
        var model = ml.Transforms.Conversion.MapValueToKey("Label", "Name").Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(data);
        Assert.Equal(1, ml.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy);
    }
}
