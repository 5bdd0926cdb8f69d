using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.MultiLabel;

/// <summary>A picture of 3×12×12 values in which any of three lights may be on: each has its own channel.</summary>
public sealed class Light
{
    public int Id { get; set; }

    public string[] Names { get; set; } = [];

    [VectorType(3, 12, 12)]
    public float[] Features { get; set; } = [];
}

/// <summary>What the model says of a picture.</summary>
public sealed class Verdict
{
    public float[] Score { get; set; } = [];

    public bool[] PredictedLabel { get; set; } = [];

    public string[] PredictedLabels { get; set; } = [];
}

internal static class Lights
{
    /// <summary>In the order in which they first occur.</summary>
    public static readonly string[] Names = ["red", "green", "blue"];

    public static List<Light> Make(int count, int seed = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(id => new Light { Id = id, Names = [.. Names.Where((_, c) => IsOn(id, c))], Features = Pixels(random, id) })];
    }

    public static bool IsOn(int id, int light) => ((id + 1) >> light & 1) == 1;

    /// <summary>With the label vector that stock transforms make of the names.</summary>
    public static IDataView Labelled(MLContext ml, IEnumerable<Light> lights)
    {
        var view = ml.Data.LoadFromEnumerable(lights);
        return ml.Transforms.Conversion.MapValueToKey("Label", "Names")
            .Append(ml.Transforms.Conversion.MapKeyToVector("Label", outputCountVector: true)).Fit(view).Transform(view);
    }

    public static ResNetMultiLabelTrainer.Options Options(Action<ResNetMultiLabelTrainer.Options>? change = null)
    {
        var options = new ResNetMultiLabelTrainer.Options
        {
            Specification = Pictures.Tiny(),
            Epoch = 40,
            BatchSize = 16,
            ScoringBatchSize = 8,
            LearningRate = 0.05,
            Device = "cpu",
        };
        change?.Invoke(options);
        return options;
    }

    private static float[] Pixels(Random random, int id) =>
        [.. Enumerable.Range(0, 3 * 144).Select(i => (float)random.Next(0, 120) + (IsOn(id, i / 144) ? 100 : 0))];
}
