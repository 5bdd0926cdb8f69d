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
        if (function.IsPerClass)
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
        return function.IsPerClass ? PerClass(logits, targets) : OfClasses(logits, targets);
    }

    /// <summary>How many images are right: the highest logit at the highest target; with several labels an image, the share of labels that are right.</summary>
    public Tensor Correct(Tensor logits, Tensor targets)
    {
        if (function.IsPerClass && !IsIndices(targets))
        {
            return logits.gt(0).eq(targets.gt(0.5)).sum(ScalarType.Float32) / classes;
        }

        return logits.argmax(1).eq(IsIndices(targets) ? targets : targets.argmax(1)).sum(ScalarType.Float32);
    }

    private Tensor OfClasses(Tensor logits, Tensor targets)
    {
        if (function.Gamma == 0)
        {
            return functional.cross_entropy(logits, targets, classWeights, reduction: Reduction.Sum, label_smoothing: smoothing);
        }

        var logs = functional.log_softmax(logits, 1);
        var losses = Smoothed(Shares(targets), classes) * logs * Focus(logs.exp());
        return -(classWeights is null ? losses : losses * classWeights).sum();
    }

    private Tensor PerClass(Tensor logits, Tensor targets)
    {
        // A class index names one of the classes; with shares, each class is a choice of two.
        var shares = Smoothed(Shares(targets), IsIndices(targets) ? classes : 2);
        if (function.Gamma == 0 && function.Alpha is null)
        {
            return functional.binary_cross_entropy_with_logits(logits, shares, reduction: Reduction.Sum, pos_weights: classWeights);
        }

        var losses = functional.binary_cross_entropy_with_logits(logits, shares, reduction: Reduction.None, pos_weights: classWeights);
        var present = logits.sigmoid();
        losses *= Focus((present * shares) + ((1 - present) * (1 - shares)));
        return (function.Alpha is { } alpha ? losses * ((shares * alpha) + ((1 - shares) * (1 - alpha))) : losses).sum();
    }

    private Tensor Shares(Tensor targets) => IsIndices(targets) ? functional.one_hot(targets, classes).to(ScalarType.Float32) : targets;

    private Tensor Smoothed(Tensor shares, int choices) => smoothing == 0 ? shares : (shares * (1 - smoothing)) + (smoothing / choices);

    // Not quite 0: the gradient of a power below 1 would be infinite there.
    private Tensor Focus(Tensor right) => (1 - right).clamp(1e-7).pow(function.Gamma);

    private static bool IsIndices(Tensor targets) => targets.dtype == ScalarType.Int64;
}
