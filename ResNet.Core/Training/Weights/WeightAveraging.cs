namespace ResNet.Core;

/// <summary>
/// An exponential moving average of all parameters and of the batch norms' statistics; it, and not the latest weights, is validated,
/// kept and returned (torchvision's ExponentialMovingAverage, <c>--model-ema</c>; Tan and Le 2019). Immutable.
/// </summary>
public sealed record WeightAveraging
{
    /// <summary>The share of the average that stays at each update, 0 to below 1. Default 0.9998 (timm).</summary>
    public double Decay { get; init => field = OptionCheck.BelowOne(value); } = 0.9998;

    /// <summary>Optimiser steps from one update to the next, at least 1. Default 1; torchvision's recipes have 32.</summary>
    public int Steps { get; init => field = OptionCheck.AtLeast(1, value); } = 1;

    /// <summary>
    /// true (default): update n has a decay of at most (1 + n) / (10 + n), so that short runs forget their start (TensorFlow's
    /// ExponentialMovingAverage). false: the same decay throughout, as torchvision.
    /// </summary>
    public bool WarmUp { get; init; } = true;
}
