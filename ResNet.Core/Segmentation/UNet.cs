using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A U-Net (Ronneberger et al. 2015) on a residual encoder, for segmentation: a class for every pixel. Structure, initialisation
/// and keys (<c>encoder</c>, <c>decoder</c>, <c>segmentation_head</c>) follow the Unet of segmentation_models.pytorch.
/// </summary>
/// <remarks>Forward passes in eval mode may run on several threads at once; anything that changes the module may not.</remarks>
public sealed class UNet : Module<Tensor, Tensor>, IMapNetwork
{
    private readonly ResidualBackbone encoder;
    private readonly UNetDecoder decoder;
    private readonly Sequential segmentation_head;

    /// <summary>Builds the network.</summary>
    /// <param name="specification">Which network; it is validated first.</param>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <param name="seed">Seed of the fresh weights; null (default): torch's global generator gives them.</param>
    /// <param name="encoder">
    /// A network of the specification's Encoder, but for its classes, with weights to begin with; from here on this module's, which
    /// disposes of it. null (default): a fresh one.
    /// </param>
    /// <exception cref="ArgumentException">The specification breaks a rule, or the encoder is another network.</exception>
    public UNet(UNetSpecification specification, Device? device = null, int? seed = null, ResidualNetwork? encoder = null)
        : base(nameof(UNet))
    {
        ArgumentNullException.ThrowIfNull(specification);
        Specification = specification.Validate();
        if (encoder is not null && encoder.Specification != specification.Encoder with { Classes = encoder.Specification.Classes })
        {
            throw new ArgumentException($"The encoder given is {encoder.Specification.ToJson()}, but the specification wants {specification.Encoder.ToJson()}.", nameof(encoder));
        }

        using var scope = NewDisposeScope();
        this.encoder = new ResidualBackbone(encoder ?? specification.Encoder.Create(seed: seed), specification.EncoderMaps);
        using var random = GlobalRandom.Seeded(seed is null ? null : Seeds.Derive(seed.Value, 0));
        var widths = specification.DecoderWidths;
        decoder = new UNetDecoder([.. this.encoder.Maps.Select(map => map.Channels)], widths);
        foreach (var convolution in decoder.modules().OfType<Conv2d>())
        {
            init.kaiming_uniform_(convolution.weight, mode: init.FanInOut.FanIn, nonlinearity: init.NonlinearityType.ReLU);
        }

        var last = Conv2d(widths[^1], specification.Classes, kernel_size: 3, padding: 1);
        init.xavier_uniform_(last.weight);
        init.zeros_(last.bias!);
        segmentation_head = Sequential(last);
        RegisterComponents();
        if (device is not null)
        {
            this.to(device);
        }
    }

    /// <summary>What this network is.</summary>
    public UNetSpecification Specification { get; }

    /// <inheritdoc/>
    public int InputChannels => Specification.Encoder.InputChannels;

    /// <summary>One map, "Logits", as large as the image.</summary>
    public IReadOnlyList<MapInfo> Maps => [new("Logits", Specification.Classes, 1)];

    /// <summary>Pixels to a logit for each class and pixel.</summary>
    /// <param name="input">N×C×H×W, as for <see cref="ClassificationNetwork.forward"/>; H and W multiples of the specification's Stride.</param>
    /// <returns>N×Classes×H×W logits, float32; the caller owns them.</returns>
    /// <exception cref="ArgumentException">The input's shape does not fit the network.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var stride = Specification.Stride;
        if (input.dim() != 4 || input.shape[2] % stride != 0 || input.shape[3] % stride != 0)
        {
            throw new ArgumentException(
                $"Expected a batch N×C×H×W with H and W multiples of {stride}, but the input has shape [{string.Join(", ", input.shape)}]; " +
                "resize or pad the images, or call Segment, which does.", nameof(input));
        }

        using var scope = NewDisposeScope();
        return segmentation_head.call(decoder.call(encoder.call(input))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Export(OnnxGraph graph, string input, string prefix)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var decoded = decoder.Export(graph, encoder.Export(graph, input, prefix + "encoder."), prefix + "decoder.");
        return [graph.Call(segmentation_head, decoded, prefix + "segmentation_head")];
    }
}
