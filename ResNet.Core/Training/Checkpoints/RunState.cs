using System.Text.Json;

namespace ResNet.Core;

/// <summary>Where a run is, beside its tensors; and what it is, so that none goes on as another.</summary>
internal sealed record RunState
{
    /// <summary>The network's specification.</summary>
    public required string Network { get; init; }

    /// <summary>Everything else that makes the run what it is, by name.</summary>
    public required IReadOnlyDictionary<string, string> Setting { get; init; }

    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    public required int? BestEpoch { get; init; }

    public required int? ImprovedEpoch { get; init; }

    public required long Steps { get; init; }

    public long AverageSteps { get; init; }

    public long AverageUpdates { get; init; }

    /// <summary>The steps of each parameter that AdamW has seen; none for SGD.</summary>
    public required IReadOnlyList<long> OptimizerSteps { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static RunState FromJson(string json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunState>(json) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' is no checkpoint of a training run: {error.Message}", error);
        }
    }

    /// <summary>Refuses a state of another run; the message names what differs.</summary>
    public void CheckSame(RunState other, string path)
    {
        var differences = Setting.Keys.Union(other.Setting.Keys).Order(StringComparer.Ordinal)
            .Where(name => Setting.GetValueOrDefault(name) != other.Setting.GetValueOrDefault(name))
            .Select(name => $"{name} was {Setting.GetValueOrDefault(name, "absent")} and is {other.Setting.GetValueOrDefault(name, "absent")}")
            .Prepend(Network == other.Network ? "" : $"the network was {Network} and is {other.Network}")
            .Where(text => text.Length > 0).ToArray();
        if (differences.Length > 0)
        {
            throw new ArgumentException(
                $"The checkpoint '{path}' is of another run: {string.Join("; ", differences)}. " +
                "Go on with the same options, or give another Path, or set Resume to false.");
        }
    }
}
