using System.Runtime.InteropServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>Collects the scores of one pass over images, to rank them by each class.</summary>
internal sealed class RankingMeter(int classes)
{
    private readonly List<float> probabilities = [];
    private readonly List<bool> targets = [];

    /// <summary>Number of values so far.</summary>
    public int Count => probabilities.Count;

    public double? MeanAveragePrecision =>
        AveragePrecision.Mean(CollectionsMarshal.AsSpan(probabilities), CollectionsMarshal.AsSpan(targets), classes);

    public ScoredLabels Scores => new(probabilities, targets, classes);

    /// <summary>Takes images of N×classes logits and N class indices or N×classes shares.</summary>
    public void Add(Tensor logits, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var shares = labels.dtype == ScalarType.Int64 ? functional.one_hot(labels, classes).to(ScalarType.Float32) : labels;
        var both = stack([logits.sigmoid(), shares]).cpu();
        var values = MemoryMarshal.Cast<byte, float>(both.bytes);
        var half = values.Length / 2;
        probabilities.AddRange(values[..half]);
        foreach (var share in values[half..])
        {
            targets.Add(share > 0.5f);
        }
    }

    /// <summary>Goes back to a number of values.</summary>
    public void Truncate(int count)
    {
        probabilities.RemoveRange(count, probabilities.Count - count);
        targets.RemoveRange(count, targets.Count - count);
    }
}
