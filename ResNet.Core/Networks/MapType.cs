using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// Layers that compute in the type of their input, as under <c>torch.autocast</c>, which TorchSharp lacks: where maps are bfloat16, a
/// convolution takes its weights in it, too, and their gradients come back as the float32 that the weights stay. Norms take maps of
/// either type with weights and statistics of float32.
/// </summary>
internal static class MapType
{
    /// <summary>What <c>module.call(x)</c> computes, in the type of <paramref name="x"/>; the caller owns it.</summary>
    public static Tensor Apply(this Module<Tensor, Tensor> module, Tensor x)
    {
        if (x.dtype != ScalarType.BFloat16)
        {
            return module.call(x);
        }

        return module switch
        {
            Conv2d convolution => functional.conv2d(
                x, convolution.weight.to(x.dtype), convolution.bias?.to(x.dtype), convolution.stride, convolution.padding, convolution.dilation, convolution.groups),
            Sequential layers => layers.children().Aggregate(x, (x, layer) => ((Module<Tensor, Tensor>)layer).Apply(x)),
            _ => module.call(x),
        };
    }
}
