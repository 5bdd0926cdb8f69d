using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A residual network's stages under a feature pyramid: pixels to maps of several scales, all of as many channels, as detectors want
/// them. The keys are those of torchvision's <c>BackboneWithFPN</c>.
/// </summary>
/// <remarks>Forward passes in eval mode may run on several threads at once; anything that changes the module may not.</remarks>
public sealed class BackboneWithFpn : Module<Tensor, IReadOnlyList<Tensor>>, IMapNetwork
{
    private readonly ResidualBackbone body;
    private readonly FeaturePyramid fpn;

    /// <summary>Puts a fresh pyramid on a backbone.</summary>
    /// <param name="body">The backbone; from here on this module's, which disposes of it.</param>
    /// <param name="outChannels">Channels of every map, at least 1. Default 256.</param>
    /// <param name="extraPool">Whether one more map follows, half as large as the coarsest. Default true, as in torchvision.</param>
    /// <param name="device">Where all weights live. Default: the pyramid's on the CPU, the backbone's where they are.</param>
    /// <param name="seed">Seed of the pyramid's weights; null (default): torch's global generator gives them.</param>
    public BackboneWithFpn(ResidualBackbone body, int outChannels = 256, bool extraPool = true, Device? device = null, int? seed = null)
        : base(nameof(BackboneWithFpn))
    {
        ArgumentNullException.ThrowIfNull(body);
        this.body = body;
        fpn = new FeaturePyramid([.. body.Maps.Select(map => map.Channels)], outChannels, extraPool, seed: seed);
        var reductions = body.Maps.Select(map => map.Reduction).ToList();
        if (extraPool)
        {
            reductions.Add(2 * reductions[^1]);
        }

        Maps = [.. reductions.Select((reduction, i) => new MapInfo(Name(i), outChannels, reduction))];
        RegisterComponents();
        if (device is not null)
        {
            this.to(device);
        }

        // The paper's names by scale where each has its own; a map of the stem beside layer1's, both of full size, has not.
        string Name(int i) => reductions.Distinct().Count() == reductions.Count ? $"P{Math.Log2(reductions[i]):0}" : $"P_{i}";
    }

    /// <summary>The network under the pyramid.</summary>
    public ResNetSpecification Specification => body.Specification;

    /// <inheritdoc/>
    public int InputChannels => body.InputChannels;

    /// <summary>The maps, named P2 (reduction 4) to P6 (reduction 64) for ImageNet networks: P<i>n</i> has reduction 2ⁿ.</summary>
    public IReadOnlyList<MapInfo> Maps { get; }

    /// <summary>Pixels to the pyramid's maps.</summary>
    /// <param name="input">As for <see cref="ClassificationNetwork.forward"/>.</param>
    /// <returns>For each of <see cref="Maps"/> N×Channels×⌈H / Reduction⌉×⌈W / Reduction⌉; the caller owns them.</returns>
    /// <exception cref="ArgumentException">The input's shape does not fit the network.</exception>
    public override IReadOnlyList<Tensor> forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return [.. fpn.call(body.call(input)).Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Export(OnnxGraph graph, string input, string prefix) =>
        fpn.Export(graph, body.Export(graph, input, prefix + "body."), prefix + "fpn.");
}
