using System.Globalization;

namespace ResNet.Core;

/// <summary>What a run must have in common with the one that it goes on from.</summary>
internal static class RunSetting
{
    public static IReadOnlyDictionary<string, string> Of(TrainingOptions options, IReadOnlyList<TrainingStage> stages, TrainingData train) =>
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Seed"] = options.Seed.ToString(CultureInfo.InvariantCulture),
            ["BatchSize"] = options.BatchSize.ToString(CultureInfo.InvariantCulture),
            ["the stages' epochs"] = string.Join(", ", stages.Select(stage => stage.Epochs.ToString(CultureInfo.InvariantCulture))),
            ["training images"] = train.Count.ToString(CultureInfo.InvariantCulture),
            ["Optimizer"] = options.Optimizer.GetType().Name,
            ["Precision"] = options.Precision.ToString(),
            ["Averaging"] = options.Averaging is null ? "off" : "on",
        };
}
