using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <content>TorchSharp's own modules, in eval mode.</content>
public sealed partial class OnnxGraph
{
    /// <summary>Adds what a module computes, as <c>module.call(input)</c> in eval mode would.</summary>
    /// <param name="module">An <see cref="IOnnxModule"/>, one of TorchSharp's layers for images and their classifiers, or a Sequential of such.</param>
    /// <param name="input">The name of the input value.</param>
    /// <param name="path">The module's path in the network, as in the state_dict: <c>layer1.0.conv1</c>; empty for the network itself.</param>
    /// <returns>The name of the output value.</returns>
    /// <exception cref="NotSupportedException">There is no ONNX for this kind of module, or for one of its settings.</exception>
    public string Call(nn.Module module, string input, string path)
    {
        ArgumentNullException.ThrowIfNull(module);
        var outer = scope;
        scope = path.Length == 0 ? "" : path + ".";
        try
        {
            return module switch
            {
                IOnnxModule own => own.Export(this, input, scope),
                // A class derived from it may do something else in its forward.
                Sequential children when children.GetType() == typeof(Sequential) =>
                    children.named_children().Aggregate(input, (x, child) => Call(child.module, x, scope + child.name)),
                Conv2d convolution => Convolution(convolution, input, path),
                BatchNorm2d norm => BatchNorm(norm, input, path),
                GroupNorm norm => GroupNorm(norm, input),
                TorchSharp.Modules.Linear linear => Linear(linear, input, path),
                LayerNorm norm => LayerNorm(norm, input, path),
                ReLU => Relu(input),
                ReLU6 => Node("Clip", [input, Constant([0], []), Constant([6], [])]),
                LeakyReLU leaky => Node("LeakyRelu", [input], ("alpha", leaky.negative_slope)),
                ELU elu => Node("Elu", [input], ("alpha", elu.alpha)),
                TorchSharp.Modules.GELU => Gelu(input),
                SiLU => Silu(input),
                Hardswish => Node("HardSwish", [input]),
                Hardsigmoid => Node("HardSigmoid", [input], ("alpha", 1f / 6), ("beta", 0.5f)),
                TorchSharp.Modules.Sigmoid => Sigmoid(input),
                TorchSharp.Modules.Tanh => Tanh(input),
                TorchSharp.Modules.PixelShuffle shuffle => PixelShuffle(input, shuffle.upscale_factor),
                MaxPool2d pool => MaxPool2d(input, pool.kernel_size, pool.stride ?? pool.kernel_size, pool.padding ?? [0, 0], pool.ceil_mode, pool.dilation),
                AvgPool2d { divisor_override: null } pool =>
                    AvgPool2d(input, pool.kernel_size, pool.stride ?? pool.kernel_size, pool.padding ?? [0, 0], pool.ceil_mode, pool.count_include_pad),
                AdaptiveAvgPool2d pool when pool.output_size.All(side => side == 1) => GlobalAvgPool2d(input),
                AdaptiveAvgPool2d => throw NotSupported(module, path, "pools to more than one pixel, which ONNX cannot; pool to 1, or use AvgPool2d"),
                TorchSharp.Modules.Flatten { start_dim: 1, end_dim: -1 } => Flatten(input),
                // In eval mode these hand on what they get.
                Dropout or Dropout2d or AlphaDropout or Identity => input,
                _ => throw NotSupported(module, path, "is unknown to the ONNX export; let its class implement ResNet.Core.IOnnxModule"),
            };
        }
        finally
        {
            scope = outer;
        }
    }

    private string Convolution(Conv2d convolution, string input, string path)
    {
        if (convolution.padding_mode != PaddingModes.Zeros || convolution.padding is not { } padding)
        {
            throw NotSupported(convolution, path, $"pads with {convolution.padding_mode}, {convolution.padding_type}; only zeros, a number of them, can be exported");
        }

        List<string> inputs = [input, Own("weight", convolution.weight!)];
        if (convolution.bias is { } bias)
        {
            inputs.Add(Own("bias", bias));
        }

        return NodeNamed(path, "Conv", inputs,
        [
            ("kernel_shape", convolution.kernel_size), ("strides", convolution.stride), ("pads", BothSides(padding)),
            ("dilations", convolution.dilation), ("group", convolution.groups),
        ]);
    }

    // Left as it is: runtimes fold it into the convolution themselves, and the weights keep their names.
    private string BatchNorm(BatchNorm2d norm, string input, string path)
    {
        if (!norm.affine || norm.running_mean is not { } mean || norm.running_var is not { } variance)
        {
            throw NotSupported(norm, path, "has no weights or no running statistics; only batch norms with both can be exported");
        }

        return NodeNamed(path, "BatchNormalization",
        [
            input, Own("weight", norm.weight!), Own("bias", norm.bias!), Own("running_mean", mean), Own("running_var", variance),
        ], [("epsilon", norm.eps)]);
    }

    // Opset 17 has no group norm: it is an instance norm of the groups.
    private string GroupNorm(GroupNorm norm, string input)
    {
        var groups = (int)norm.num_groups;
        var grouped = Node("Reshape", [input, Constant(0, groups, -1)]);
        var (ones, zeros) = (Constant(Enumerable.Repeat(1f, groups).ToArray(), groups), Constant(new float[groups], groups));
        var x = Node("InstanceNormalization", [grouped, ones, zeros], ("epsilon", norm.eps));
        x = Node("Reshape", [x, Node("Shape", [input])]);
        return norm.affine ? Add(Mul(x, PerChannel("weight", norm.weight!)), PerChannel("bias", norm.bias!)) : x;

        string PerChannel(string name, Tensor values) => Node("Reshape", [Own(name, values), Constant(1, -1, 1, 1)]);
    }

    private string LayerNorm(LayerNorm norm, string input, string path)
    {
        var weight = norm.elementwise_affine ? Own("weight", norm.weight!) : Constant(Enumerable.Repeat(1f, (int)norm.normalized_shape.Aggregate((a, b) => a * b)).ToArray(), norm.normalized_shape);
        List<string> inputs = [input, weight];
        if (norm.bias is { } bias)
        {
            inputs.Add(Own("bias", bias));
        }

        return NodeNamed(path, "LayerNormalization", inputs, [("axis", -norm.normalized_shape.Length), ("epsilon", norm.eps)]);
    }

    private string Linear(Linear linear, string input, string path)
    {
        List<string> inputs = [input, Own("weight", linear.weight!)];
        if (linear.bias is { } bias)
        {
            inputs.Add(Own("bias", bias));
        }

        return NodeNamed(path, "Gemm", inputs, [("transB", 1)]);
    }

    // A parameter or buffer of the module that is being called.
    private string Own(string name, Tensor value) => Parameter(scope + name, value);

    private static NotSupportedException NotSupported(nn.Module module, string path, string why) =>
        new($"The module {(path.Length == 0 ? "" : $"'{path}' ")}({module.GetType().Name}) {why}.");
}
