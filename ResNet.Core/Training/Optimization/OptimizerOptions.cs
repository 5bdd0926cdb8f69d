namespace ResNet.Core;

/// <summary>Which optimiser, and what every one has. Immutable; values are checked when set.</summary>
public abstract record OptimizerOptions
{
    private protected OptimizerOptions(double weightDecay) => WeightDecay = weightDecay;

    /// <summary>Weight decay, 0 or more: SGD adds it to the gradient (L2 penalty), AdamW shrinks the weights by it. Default 1e-4 for SGD, 0.01 for AdamW.</summary>
    public double WeightDecay { get; init => field = OptionCheck.NotNegative(value); }

    /// <summary>Weight decay of the normalisation layers' weights and biases, such as 0 (torchvision's <c>--norm-weight-decay</c>). null (default): <see cref="WeightDecay"/>.</summary>
    public double? NormWeightDecay { get; init => field = value is { } decay ? OptionCheck.NotNegative(decay) : null; }

    /// <summary>Weight decay of all other biases, such as 0 (torchvision's <c>--bias-weight-decay</c>). null (default): <see cref="WeightDecay"/>.</summary>
    public double? BiasWeightDecay { get; init => field = value is { } decay ? OptionCheck.NotNegative(decay) : null; }

    /// <summary>Longest length of all gradients together; longer ones are scaled down to it (torch's <c>clip_grad_norm_</c>). Above 0; null (default): they are left alone.</summary>
    public double? ClipNorm { get; init => field = value is { } norm ? OptionCheck.Positive(norm) : null; }

    /// <summary>Refuses what does not go together.</summary>
    internal virtual void Validate()
    {
    }
}
