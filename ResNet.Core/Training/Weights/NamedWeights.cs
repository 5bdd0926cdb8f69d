using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>A module's parameters and buffers with their names; live.</summary>
internal static class NamedWeights
{
    public static (string[] Names, Tensor[] Tensors) Of(Module module)
    {
        (string Name, Tensor Tensor)[] all =
        [
            .. module.named_parameters().Select(named => (named.name, (Tensor)named.parameter)),
            .. module.named_buffers().Select(named => (named.name, named.buffer)),
        ];
        return ([.. all.Select(named => named.Name)], [.. all.Select(named => named.Tensor)]);
    }
}
