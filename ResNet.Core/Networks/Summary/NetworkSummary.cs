using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>A network's size and its work for one image.</summary>
/// <param name="Name">The specification's name.</param>
/// <param name="InputSize">Height and width of the image, in pixels.</param>
/// <param name="Parameters">Trained values: weights and biases, not running statistics.</param>
/// <param name="MultiplyAdds">
/// Multiplications, each with its addition, of all convolutions and linear layers for one image (MACs; torchvision calls them FLOPS).
/// Of adaptive ODE solvers: for an image of zeros.
/// </param>
public sealed record NetworkSummary(string Name, int InputSize, long Parameters, long MultiplyAdds)
{
    /// <summary>Counts by building the network and passing one image of zeros through it; both are gone afterwards.</summary>
    /// <param name="specification">The network.</param>
    /// <exception cref="ArgumentException">The specification breaks a rule.</exception>
    public static NetworkSummary Of(NetworkSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        // The forms are one function; this one's convolutions are modules, which can be listened to.
        var counted = specification is ResNetSpecification resnet ? resnet with { Form = CardinalityForm.Grouped } : specification;
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var network = counted.Create(seed: 0);
        network.eval();
        var work = 0L;
        foreach (var module in network.modules())
        {
            if (module is Conv2d convolution)
            {
                convolution.register_forward_hook((_, _, output) => Count(output, convolution.weight!));
            }
            else if (module is Linear linear)
            {
                linear.register_forward_hook((_, _, output) => Count(output, linear.weight!));
            }
        }

        network.call(zeros(1, specification.InputChannels, specification.InputSize, specification.InputSize)).Dispose();
        return new(specification.Name, specification.InputSize, network.parameters().Sum(parameter => parameter.numel()), work);

        // Each output value takes one row of weights.
        Tensor Count(Tensor output, Tensor weight)
        {
            work += output.numel() * (weight.numel() / weight.shape[0]);
            return output;
        }
    }
}
