using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What the convolutions share: shapes, weights, initialisation.</summary>
public abstract class Convolution : Module<Tensor, Tensor>
{
    private long[] reversedPadding = [];

    protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null) : base(name)
    {
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException("Only PaddingModes.Zeros is supported for ConvTransposeND", nameof(padding_mode));
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.dilation = dilation;
        this.transposed = transposed;
        this.output_padding = output_padding;
        this.groups = groups;
        this.padding_mode = padding_mode;
        if (padding_type is { } type) SetPadding(type);
        else SetPadding(padding ?? new long[kernel_size.Length]);

        var (first, second) = transposed ? (in_channels, out_channels / groups) : (out_channels, in_channels / groups);
        weight = Parameter(empty([first, second, .. kernel_size], dtype, device));
        if (bias) this.bias = Parameter(empty([out_channels], dtype, device));
        reset_parameters();
    }

    public long in_channels { get; }
    public long out_channels { get; }
    public bool transposed { get; }
    public Padding? padding_type { get; private set; }
    public long[]? padding { get; private set; }
    public PaddingModes padding_mode { get; set; }
    public long groups { get; set; }
    public long[] kernel_size { get; set; }
    public long[] stride { get; set; }
    public long[] dilation { get; set; }
    public long[] output_padding { get; set; }

    public Parameter? bias { get => OwnParameter(nameof(bias)); set => SetParameter(nameof(bias), value); }

    public Parameter weight
    {
        get => OwnParameter(nameof(weight))!;
        set => SetParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
    }

    public void reset_parameters()
    {
        init.kaiming_uniform_(weight, Math.Sqrt(5));
        init.FanInUniform(bias, weight);
    }

    public void SetPadding(long[] padding)
    {
        padding_type = null;
        this.padding = padding;
        reversedPadding = [.. padding.Reverse().SelectMany(p => new[] { p, p })];
    }

    public void SetPadding(Padding padding)
    {
        if (transposed) throw new ArgumentException("Cannot set padding type on ConvTransposeND");
        if (padding == Padding.Same && stride.Any(s => s != 1))
            throw new ArgumentException("padding='same' is not supported for strided convolutions");
        this.padding = null;
        padding_type = padding;
        // The package fills the pairs front to back here, unlike for explicit paddings.
        reversedPadding = padding == Padding.Valid
            ? new long[kernel_size.Length * 2]
            : [.. kernel_size.Select((k, i) => dilation[i] * (k - 1)).SelectMany(total => new[] { total / 2, total - total / 2 })];
    }

    /// <summary>Batched N×C×… or unbatched C×… with the right number of channels.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var shape = input.shape;
        var channel = shape.Length - dimensions - 1;
        return channel is 0 or 1 && shape[channel] == in_channels;
    }

    private protected Tensor Convolve(Tensor input, int dimensions)
    {
        if (!ValidateShape(input, dimensions))
            throw new ArgumentException($"Expected {dimensions + 1}D (unbatched) or {dimensions + 2}D (batched) input with {in_channels} channels to {GetType().Name}.");
        var op = dimensions == 1 ? "conv1d" : "conv2d";
        if (padding_mode != PaddingModes.Zeros)
        {
            using var padded = functional.pad(input, reversedPadding, padding_mode);
            return Op.T(op, "", padded, weight, bias, stride, new long[dimensions], dilation, groups);
        }
        return padding_type is { } type
            ? Op.T(op, "padding", input, weight, bias, stride, type == Padding.Same ? "same" : "valid", dilation, groups)
            : Op.T(op, "", input, weight, bias, stride, padding!, dilation, groups);
    }
}
