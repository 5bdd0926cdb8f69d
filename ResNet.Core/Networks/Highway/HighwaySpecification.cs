using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// What makes one convolutional highway network (Srivastava et al. 2015) what it is: stages of layers whose learned gates mix their
/// transform with their input. Each stage but the first begins with 2×2 max-pooling and a plain convolution to its width.
/// </summary>
public sealed record HighwaySpecification : NetworkSpecification
{
    /// <summary>Highway layers in each stage, 1 to 5 stages of at least 1.</summary>
    public required ImmutableArray<int> Stages { get; init; }

    /// <summary>Channels of each stage, at least 1; as many as there are stages.</summary>
    public required ImmutableArray<int> Widths { get; init; }

    /// <summary>How the layers are gated. Default: <see cref="HighwayGate.Learned"/>.</summary>
    public HighwayGate Gate { get; init; } = HighwayGate.Learned;

    /// <summary>
    /// What the biases of learned gates start from, finite. Default −2: at first a gate lets through 12 % of the transform
    /// and 88 % of the input. The deeper the network, the lower it should be (the paper takes −1 to −4).
    /// </summary>
    public double GateBias { get; init; } = -2;

    /// <summary>Weighted layers: stem, highway layers, convolutions between stages, classifier. A layer's gate is no layer of its own.</summary>
    [JsonIgnore]
    public int Depth => Stages.Sum() + Stages.Length + 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int Features => Widths[^1];

    /// <summary>Input pixels, along a side, for each pixel of the last stage: 4 for three stages.</summary>
    [JsonIgnore]
    public override int Stride => 1 << (Stages.Length - 1);

    internal override long LayerCount => Stages.Sum(layers => (long)layers);

    internal override Int128 LeastParameters =>
        Widths.Zip(Stages, (width, layers) => (Int128)width * width * 9 * layers).Aggregate((a, b) => a + b);

    /// <inheritdoc/>
    public override HighwayNetwork Create(Device? device = null, int? seed = null) => new(this, device, seed);

    /// <inheritdoc/>
    public override HighwaySpecification Validate()
    {
        Require(!Stages.IsDefaultOrEmpty && Stages.Length <= 5 && Stages.All(layers => layers >= 1), nameof(Stages),
            Stages.IsDefault ? "none" : $"[{string.Join(", ", Stages)}]", "must hold 1 to 5 stages of at least 1 layer each");
        Require(!Widths.IsDefaultOrEmpty && Widths.Length == Stages.Length && Widths.All(width => width >= 1), nameof(Widths),
            Widths.IsDefault ? "none" : $"[{string.Join(", ", Widths)}]", $"must hold a number of channels, at least 1, for each of the {Stages.Length} stages");
        Require(Enum.IsDefined(Gate), nameof(Gate), Gate, "must be Learned or Open");
        Require(double.IsFinite(GateBias), nameof(GateBias), GateBias, "must be finite");
        base.Validate();
        return this;
    }

    /// <summary>Equal when every property is equal, element by element.</summary>
    public bool Equals(HighwaySpecification? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
