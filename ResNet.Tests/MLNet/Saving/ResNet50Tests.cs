using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using Xunit.Abstractions;

namespace ResNet.Tests.MLNet.Saving;

/// <summary>A model.zip of real size: the same scores before, loaded and reopened; how long loading takes is written to the output.</summary>
public class ResNet50Tests(ITestOutputHelper output)
{
    [SkippableFact]
    [Trait("Category", "Slow")]
    public void ResNet50IsTheSameBeforeLoadedAndReopened()
    {
        SlowTests.Require();
        using var saved = new SavedModels();
        var ml = new MLContext(1);
        var random = new Random(1);
        var rows = Enumerable.Range(0, 5).Select(_ => new Photo { Features = [.. Enumerable.Range(0, 3 * 224 * 224).Select(_ => (float)random.Next(256))] }).ToList();
        var data = ml.Data.LoadFromEnumerable(rows);
        using var network = NetworkPresets.Get("resnet50").Create(seed: 1);
        var labels = Enumerable.Range(0, 1000).Select(i => $"class {i}").ToArray();
        using var model = ml.Transforms.ClassifyImages(network.Specification, StateDict.Of(network), labels, new() { ScoringBatchSize = 2 }).Fit(data);
        var zip = saved.Save(ml, model, data.Schema);

        var clock = Stopwatch.StartNew();
        var stock = ml.Model.Load(zip, out var schema);
        output.WriteLine($"ml.Model.Load: {clock.ElapsedMilliseconds} ms for {new FileInfo(zip).Length >> 20} MiB");
        using var engine = ml.Model.CreatePredictionEngine<Photo, Guess>(stock, schema);
        clock.Restart();
        engine.Predict(rows[0]);
        output.WriteLine($"first prediction: {clock.ElapsedMilliseconds} ms");
        clock.Restart();
        using var ours = (ResNetClassificationTransformer)ml.Model.LoadResNet(zip, out _);
        output.WriteLine($"ml.Model.LoadResNet: {clock.ElapsedMilliseconds} ms");
        clock.Restart();
        ours.Transform(ml.Data.LoadFromEnumerable(rows.Take(1))).GetColumn<uint>("PredictedLabel").Single();
        output.WriteLine($"first scoring: {clock.ElapsedMilliseconds} ms");

        SavedModels.AssertSameScores(model.Transform(data), stock.Transform(data));
        SavedModels.AssertSameScores(model.Transform(data), ours.Transform(data));
    }

    private sealed class Photo
    {
        [VectorType(3, 224, 224)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Guess
    {
        public float[] Score { get; set; } = [];
    }
}
