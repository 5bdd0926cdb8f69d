using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <content>TorchSharp's own modules, in eval mode.</content>
public sealed partial class OnnxGraph
{
    /// <summary>Adds what a module computes, as <c>module.call(input)</c> in eval mode would.</summary>
    /// <param name="module">An <see cref="IOnnxModule"/>, or one of TorchSharp's layers that networks here are made of.</param>
    /// <param name="input">The name of the input value.</param>
    /// <param name="path">The module's path in the network, as in the state_dict: <c>layer1.0.conv1</c>.</param>
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
                Sequential children => children.named_children().Aggregate(input, (x, child) => Call(child.module, x, $"{path}.{child.name}")),
                Conv2d convolution => Convolution(convolution, input, path),
                BatchNorm2d norm => BatchNorm(norm, input, path),
                GroupNorm norm => GroupNorm(norm, input, path),
                TorchSharp.Modules.Linear linear => Linear(linear, input, path),
                ReLU => Relu(input),
                TorchSharp.Modules.Sigmoid => Sigmoid(input),
                TorchSharp.Modules.PixelShuffle shuffle => PixelShuffle(input, shuffle.upscale_factor),
                MaxPool2d pool => MaxPool2d(input, pool.kernel_size, pool.stride ?? pool.kernel_size, pool.padding ?? [0, 0], pool.ceil_mode, pool.dilation),
                AvgPool2d { divisor_override: null } pool =>
                    AvgPool2d(input, pool.kernel_size, pool.stride ?? pool.kernel_size, pool.padding ?? [0, 0], pool.ceil_mode, pool.count_include_pad),
                AdaptiveAvgPool2d pool when pool.output_size.All(side => side == 1) => GlobalAvgPool2d(input),
                TorchSharp.Modules.Flatten { start_dim: 1, end_dim: -1 } => Flatten(input),
                // In eval mode these hand on what they get.
                Dropout or Dropout2d or Identity => input,
                _ => throw NotSupported(module, path, "has no ONNX export; let it implement IOnnxModule"),
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

        List<string> inputs = [input, Parameter($"{path}.weight", convolution.weight!)];
        if (convolution.bias is { } bias)
        {
            inputs.Add(Parameter($"{path}.bias", bias));
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
            input, Parameter($"{path}.weight", norm.weight!), Parameter($"{path}.bias", norm.bias!),
            Parameter($"{path}.running_mean", mean), Parameter($"{path}.running_var", variance),
        ], [("epsilon", norm.eps)]);
    }

    // Opset 17 has no group norm: it is an instance norm of the groups.
    private string GroupNorm(GroupNorm norm, string input, string path)
    {
        var groups = (int)norm.num_groups;
        var grouped = Node("Reshape", [input, Constant(0, groups, -1)]);
        var (ones, zeros) = (Constant(Enumerable.Repeat(1f, groups).ToArray(), groups), Constant(new float[groups], groups));
        var x = Node("InstanceNormalization", [grouped, ones, zeros], ("epsilon", norm.eps));
        x = Node("Reshape", [x, Node("Shape", [input])]);
        return norm.affine ? Add(Mul(x, PerChannel("weight", norm.weight!)), PerChannel("bias", norm.bias!)) : x;

        string PerChannel(string name, Tensor values) => Node("Reshape", [Parameter($"{path}.{name}", values), Constant(1, -1, 1, 1)]);
    }

    private string Linear(Linear linear, string input, string path)
    {
        List<string> inputs = [input, Parameter($"{path}.weight", linear.weight!)];
        if (linear.bias is { } bias)
        {
            inputs.Add(Parameter($"{path}.bias", bias));
        }

        return NodeNamed(path, "Gemm", inputs, [("transB", 1)]);
    }

    private static NotSupportedException NotSupported(nn.Module module, string path, string why) =>
        new($"The module '{path}' ({module.GetName()}) {why}.");
}
