using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// EDSR (Lim et al. 2017): super-resolution by residual blocks without batch norm, and a pixel shuffle at the end. Keys of the
/// state_dict are those of the authors' code (<c>head</c>, <c>body</c>, <c>tail</c>), without its two layers for the mean, whose weights are fixed.
/// </summary>
/// <remarks>Forward passes may run on several threads at once; anything that changes the module may not.</remarks>
public sealed class EdsrNetwork : Module<Tensor, Tensor>, IMapNetwork
{
    private readonly Sequential head, body, tail;

    /// <summary>Builds the network with fresh weights, torch's own for convolutions.</summary>
    /// <param name="specification">Which network; it is validated first.</param>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <param name="seed">Seed of the weights; null (default): torch's global generator gives them.</param>
    /// <exception cref="ArgumentException">The specification breaks a rule.</exception>
    public EdsrNetwork(EdsrSpecification specification, Device? device = null, int? seed = null)
        : base(nameof(EdsrNetwork))
    {
        ArgumentNullException.ThrowIfNull(specification);
        Specification = specification.Validate();
        using var scope = NewDisposeScope();
        using var random = GlobalRandom.Seeded(seed);
        var channels = specification.Channels;
        head = Sequential(Convolution(InputChannels, channels));
        body = Sequential(
            [.. Enumerable.Range(0, specification.Blocks).Select(_ => new EdsrBlock(channels, specification.ResidualScaling)), Convolution(channels, channels)]);
        var last = Convolution(channels, InputChannels);
        tail = Sequential(
            Sequential(specification.Factors.SelectMany(factor => new Module<Tensor, Tensor>[] { Convolution(channels, channels * factor * factor), PixelShuffle(factor) }).ToArray()),
            last);
        if (specification.AddsToBicubic)
        {
            init.zeros_(last.weight);
            init.zeros_(last.bias!);
        }

        RegisterComponents();
        if (device is not null)
        {
            this.to(device);
        }

        static Conv2d Convolution(int input, int output) => Conv2d(input, output, kernel_size: 3, padding: 1);
    }

    /// <summary>What this network is.</summary>
    public EdsrSpecification Specification { get; }

    /// <inheritdoc/>
    public int InputChannels => Specification.Mean.Length;

    /// <summary>One map, "Image": the enlarged image, values about 0..255.</summary>
    public IReadOnlyList<MapInfo> Maps => [new("Image", InputChannels, 1.0 / Specification.Scale)];

    /// <summary>Pixels around a pixel, in each direction, that its enlargement depends on.</summary>
    internal int Reach => (2 * Specification.Blocks) + 5;

    /// <summary>A small image to a large one.</summary>
    /// <param name="input">N×C×H×W, uint8 or float32, values 0..255, on the network's device; any size from 1×1.</param>
    /// <returns>N×C×(Scale·H)×(Scale·W), float32, values about 0..255, neither rounded nor cut; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The input is no such batch.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 4 || input.shape[1] != InputChannels)
        {
            throw new ArgumentException($"Expected a batch N×{InputChannels}×H×W, but the input has shape [{string.Join(", ", input.shape)}].", nameof(input));
        }

        using var scope = NewDisposeScope();
        var pixels = ChannelsLast.On(input).to(ScalarType.Float32);
        var mean = tensor(MeanPixel, device: input.device).view(1, -1, 1, 1);
        var x = head.call((pixels - mean).mul_(Specification.PixelRange / 255));
        x = tail.call(body.call(x).add_(x)) * (255 / Specification.PixelRange);
        var start = Specification.AddsToBicubic
            ? functional.interpolate(pixels, scale_factor: [Specification.Scale, Specification.Scale], mode: InterpolationMode.Bicubic, align_corners: false)
            : mean;
        return x.add_(start).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Export(OnnxGraph graph, string input, string prefix)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var mean = graph.Constant(MeanPixel, 1, InputChannels, 1, 1);
        var x = graph.Call(head, graph.Mul(graph.Sub(input, mean), (float)(Specification.PixelRange / 255)), prefix + "head");
        x = graph.Call(tail, graph.Add(graph.Call(body, x, prefix + "body"), x), prefix + "tail");
        var start = Specification.AddsToBicubic ? graph.UpsampleBicubic(input, Specification.Scale) : mean;
        return [graph.Add(graph.Mul(x, (float)(255 / Specification.PixelRange)), start)];
    }

    private float[] MeanPixel => [.. Specification.Mean.Select(mean => 255 * mean)];
}
