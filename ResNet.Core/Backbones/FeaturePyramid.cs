using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A feature pyramid (Lin et al. 2017): maps of several scales, each with what the coarser ones know, all of as many channels.
/// Keys, initialisation and values are those of <c>torchvision.ops.FeaturePyramidNetwork</c>.
/// </summary>
/// <remarks>Forward passes may run on several threads at once; anything that changes the module may not.</remarks>
public sealed class FeaturePyramid : Module<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>>
{
    private readonly Sequential[] inner, layer;

    /// <summary>Builds the pyramid with fresh weights.</summary>
    /// <param name="inChannels">Channels of the maps that come in, the largest map first; at least one.</param>
    /// <param name="outChannels">Channels of every map that goes out, at least 1. Default 256, the paper's.</param>
    /// <param name="extraPool">
    /// true: one more map, every second row and column of the coarsest (torchvision's <c>LastLevelMaxPool</c>, the paper's P6). Default false.
    /// </param>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <param name="seed">Seed of the weights; null (default): torch's global generator gives them.</param>
    /// <exception cref="ArgumentException">A number of channels is below 1, or there is none.</exception>
    public FeaturePyramid(IReadOnlyList<int> inChannels, int outChannels = 256, bool extraPool = false, Device? device = null, int? seed = null)
        : base(nameof(FeaturePyramid))
    {
        ArgumentNullException.ThrowIfNull(inChannels);
        if (inChannels.Count == 0 || inChannels.Any(channels => channels < 1))
        {
            throw new ArgumentException($"inChannels is [{string.Join(", ", inChannels)}]; it must have the channels of at least one map, each at least 1.", nameof(inChannels));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        (OutChannels, ExtraPool) = (outChannels, extraPool);
        using var scope = NewDisposeScope();
        using var random = GlobalRandom.Seeded(seed);
        inner = [.. inChannels.Select(channels => Sequential(Conv2d(channels, outChannels, kernel_size: 1)))];
        layer = [.. inChannels.Select(_ => Sequential(Conv2d(outChannels, outChannels, kernel_size: 3, padding: 1)))];
        register_module("inner_blocks", new ModuleList<Sequential>(inner));
        register_module("layer_blocks", new ModuleList<Sequential>(layer));
        foreach (var convolution in modules().OfType<Conv2d>())
        {
            init.kaiming_uniform_(convolution.weight, a: 1);
            init.zeros_(convolution.bias!);
        }

        if (device is not null)
        {
            this.to(device);
        }
    }

    /// <summary>Channels of every map that goes out.</summary>
    public int OutChannels { get; }

    /// <summary>Whether one more, coarser map goes out.</summary>
    public bool ExtraPool { get; }

    /// <summary>Feature maps to the pyramid's.</summary>
    /// <param name="input">As many maps as the pyramid is built for, N×C×H×W, the largest first; each about half as large as the one before.</param>
    /// <returns>N×<see cref="OutChannels"/>×H×W for each of them, and the extra one; the caller owns them.</returns>
    /// <exception cref="ArgumentException">There are more or fewer maps.</exception>
    public override IReadOnlyList<Tensor> forward(IReadOnlyList<Tensor> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Count != inner.Length)
        {
            throw new ArgumentException($"The pyramid is built for {inner.Length} maps, but {input.Count} are given.", nameof(input));
        }

        using var scope = NewDisposeScope();
        var result = new List<Tensor>();
        Tensor? coarser = null;
        for (var i = inner.Length - 1; i >= 0; i--)
        {
            var lateral = inner[i].call(input[i]);
            coarser = coarser is null ? lateral : lateral + functional.interpolate(coarser, size: lateral.shape[2..], mode: InterpolationMode.Nearest);
            result.Insert(0, layer[i].call(coarser));
        }

        if (ExtraPool)
        {
            result.Add(functional.max_pool2d(result[^1], kernel_size: 1, stride: 2));
        }

        return [.. result.Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>What <see cref="forward"/> computes, in ONNX's operators.</summary>
    internal IReadOnlyList<string> Export(OnnxGraph graph, IReadOnlyList<string> maps, string prefix)
    {
        var result = new List<string>();
        string? coarser = null;
        for (var i = inner.Length - 1; i >= 0; i--)
        {
            var lateral = graph.Call(inner[i], maps[i], $"{prefix}inner_blocks.{i}");
            coarser = coarser is null ? lateral : graph.Add(lateral, graph.ResizeNearest(coarser, lateral));
            result.Insert(0, graph.Call(layer[i], coarser, $"{prefix}layer_blocks.{i}"));
        }

        if (ExtraPool)
        {
            result.Add(graph.MaxPool2d(result[^1], kernel: 1, stride: 2));
        }

        return result;
    }
}
