namespace ResNet.Core;

/// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019; torch.optim.AdamW, whose defaults these are). Give a LearningRate near 1e-3.</summary>
public sealed record AdamWOptions : OptimizerOptions
{
    /// <summary>AdamW with the default values.</summary>
    public AdamWOptions()
        : base(0.01)
    {
    }

    /// <summary>Decay of the gradients' running mean, 0 to below 1. Default 0.9.</summary>
    public double Beta1 { get; init => field = OptionCheck.BelowOne(value); } = 0.9;

    /// <summary>Decay of the squared gradients' running mean, 0 to below 1. Default 0.999.</summary>
    public double Beta2 { get; init => field = OptionCheck.BelowOne(value); } = 0.999;

    /// <summary>Added to the root of the squared gradients' mean, above 0. Default 1e-8.</summary>
    public double Epsilon { get; init => field = OptionCheck.Positive(value); } = 1e-8;
}
