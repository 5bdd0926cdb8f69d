using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// The loss of a batch, as a sum over its images that a total weight turns into their mean: so the parts of a batch add up to the
/// loss of the whole. Targets are N class indices (int64), or N×Classes shares (float32).
/// </summary>
internal sealed class Objective(LossFunction function, int classes, double smoothing, Tensor? classWeights)
{
    /// <summary>The loss without label smoothing and class weights, for validation.</summary>
    public Objective Plain => new(function, classes, 0, null);

    /// <summary>What the sum is to be divided by to be the mean that torch's function of the same name gives; a tensor of one value.</summary>
    public Tensor Total(Tensor targets)
    {
        if (function == LossFunction.BinaryCrossEntropy)
        {
            return tensor((float)(targets.shape[0] * classes), device: targets.device);
        }

        return classWeights is not null && IsIndices(targets)
            ? classWeights.index_select(0, targets).sum()
            : tensor((float)targets.shape[0], device: targets.device);
    }

    /// <summary>The sum of the images' losses.</summary>
    public Tensor Sum(Tensor logits, Tensor targets)
    {
        if (function == LossFunction.CrossEntropy)
        {
            return functional.cross_entropy(logits, targets, classWeights, reduction: Reduction.Sum, label_smoothing: smoothing);
        }

        // A class index names one of the classes; with shares, each class is a choice of two.
        var (shares, choices) = IsIndices(targets)
            ? (functional.one_hot(targets, classes).to(ScalarType.Float32), classes)
            : (targets, 2);
        var smoothed = smoothing == 0 ? shares : (shares * (1 - smoothing)) + (smoothing / choices);
        return functional.binary_cross_entropy_with_logits(logits, smoothed, reduction: Reduction.Sum, pos_weights: classWeights);
    }

    /// <summary>How many images are right: the highest logit at the highest target; with several labels an image, the share of labels that are right.</summary>
    public Tensor Correct(Tensor logits, Tensor targets)
    {
        if (function == LossFunction.BinaryCrossEntropy && !IsIndices(targets))
        {
            return logits.gt(0).eq(targets.gt(0.5)).sum(ScalarType.Float32) / classes;
        }

        return logits.argmax(1).eq(IsIndices(targets) ? targets : targets.argmax(1)).sum(ScalarType.Float32);
    }

    private static bool IsIndices(Tensor targets) => targets.dtype == ScalarType.Int64;
}
