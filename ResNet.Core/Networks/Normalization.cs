using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>
/// Per-channel normalisation, done by the network itself as its first step: (pixel / 255 − mean) / std.
/// </summary>
/// <param name="Mean">Mean of each channel on the 0..1 scale, in the order of the input's channels.</param>
/// <param name="Std">Standard deviation of each channel on the 0..1 scale, above 0.</param>
public sealed record Normalization(ImmutableArray<float> Mean, ImmutableArray<float> Std)
{
    /// <summary>torchvision's figures for RGB photos: mean .485/.456/.406, std .229/.224/.225.</summary>
    public static Normalization ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>CIFAR-10's own figures, RGB: mean .4914/.4822/.4465, std .2470/.2435/.2616.</summary>
    public static Normalization Cifar10 { get; } = new([0.4914f, 0.4822f, 0.4465f], [0.2470f, 0.2435f, 0.2616f]);

    /// <summary>Maps 0..255 to −1..1 in each of <paramref name="channels"/> channels, for data of no known statistics.</summary>
    public static Normalization Centered(int channels) =>
        new([.. Enumerable.Repeat(0.5f, channels)], [.. Enumerable.Repeat(0.5f, channels)]);

    /// <summary>The same as one multiplication and one addition in each channel: pixel × scale + shift.</summary>
    internal (float[] Scale, float[] Shift) ScaleAndShift() =>
        ([.. Std.Select(std => 1 / (255 * std))], [.. Mean.Zip(Std, (mean, std) => -mean / std)]);

    /// <summary>Equal when every figure is equal.</summary>
    public bool Equals(Normalization? other) =>
        other is not null && Mean.AsSpan().SequenceEqual(other.Mean.AsSpan()) && Std.AsSpan().SequenceEqual(other.Std.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Mean.Concat(Std).Aggregate(17, HashCode.Combine);
}
