using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// The feature maps of a residual network's stages, C2 to C5 in the papers' words, for detection, segmentation and the like:
/// torchvision's <c>IntermediateLayerGetter</c>, timm's <c>features_only</c>. Names in the state_dict are those of the network,
/// without its classifier.
/// </summary>
/// <remarks>Forward passes in eval mode may run on several threads at once; anything that changes the module may not.</remarks>
public sealed class ResidualBackbone : Module<Tensor, IReadOnlyList<Tensor>>, IMapNetwork
{
    private readonly ResidualNetwork network;
    private readonly int[] indices;

    /// <summary>Makes a backbone of a network, with the weights that it has.</summary>
    /// <param name="network">The network; from here on the backbone's, which disposes of it.</param>
    /// <param name="outIndices">
    /// Which maps, ascending (timm's <c>out_indices</c>): 0 for the stem's, before its pooling; 1 for <c>layer1</c>, and so on.
    /// Default: every stage, without the stem.
    /// </param>
    /// <exception cref="ArgumentException">The network has no such map, or the indices do not ascend.</exception>
    public ResidualBackbone(ResidualNetwork network, IReadOnlyList<int>? outIndices = null)
        : base(nameof(ResidualBackbone))
    {
        ArgumentNullException.ThrowIfNull(network);
        this.network = network;
        var all = MapsOf(network.Specification);
        indices = [.. outIndices ?? [.. Enumerable.Range(1, all.Count - 1)]];
        if (indices.Length == 0 || indices[0] < 0 || indices[^1] >= all.Count || indices.Zip(indices[1..]).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException(
                $"The indices are [{string.Join(", ", indices)}]; {network.Specification.Name} has the maps 0 (stem) to {all.Count - 1} " +
                $"(layer{all.Count - 1}): name at least one, in ascending order.", nameof(outIndices));
        }

        Maps = [.. indices.Select(index => all[index])];
        // The classifier takes no part: it is neither trained nor saved.
        foreach (var (name, child) in network.named_children().Where(child => child.name != "fc"))
        {
            register_module(name, child);
        }
    }

    /// <summary>The network that the maps are of.</summary>
    public ResNetSpecification Specification => network.Specification;

    /// <inheritdoc/>
    public int InputChannels => Specification.InputChannels;

    /// <summary>The maps: "stem", "layer1" to "layer4", with channels and reduction.</summary>
    public IReadOnlyList<MapInfo> Maps { get; }

    /// <summary>Pixels to feature maps.</summary>
    /// <param name="input">As for <see cref="ClassificationNetwork.forward"/>.</param>
    /// <returns>
    /// For each of <see cref="Maps"/> N×Channels×⌈H / Reduction⌉×⌈W / Reduction⌉, the largest first; the caller owns them. Of a
    /// pre-activation network the maps are sums that batch norm and ReLU are yet to follow; only the last stage's has been through both.
    /// </returns>
    /// <exception cref="ArgumentException">The input's shape does not fit the network.</exception>
    public override IReadOnlyList<Tensor> forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var all = network.Maps(network.Prepare(input)).Take(indices[^1] + 1).ToArray();
        return [.. indices.Select(index => all[index].MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Export(OnnxGraph graph, string input, string prefix)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var all = network.Maps(graph, graph.Normalize(input, Specification.Normalization), prefix, indices[^1]);
        return [.. indices.Select(index => all[index])];
    }

    /// <summary>All maps of a network of that specification, the stem's first.</summary>
    internal static IReadOnlyList<MapInfo> MapsOf(ResNetSpecification specification)
    {
        var (stem, first) = specification.Stem == StemKind.ImageNet ? (2, 4) : (1, 1);
        return
        [
            new("stem", specification.StemChannels, stem),
            .. specification.Stages.Select((_, stage) =>
                new MapInfo($"layer{stage + 1}", (specification.Width << stage) * specification.Expansion, first << stage)),
        ];
    }

    // The network's modules are registered by their own names; the network itself is none of the children.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }

    // All children are the network's.
    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            network.Dispose();
        }
    }
}
