using ResNet.Core;
using ResNet.Tests.Core.Networks;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Backbones;

/// <summary>The networks that maps.txt names, and some more, in eval mode with the formula's weights.</summary>
internal static class MapNetworks
{
    public static IMapNetwork Named(string name)
    {
        var network = Fresh(name);
        FormulaWeights.FillSorted((nn.Module)network);
        ((nn.Module)network).eval();
        return network;
    }

    /// <summary>All maps; the caller owns them.</summary>
    public static IReadOnlyList<Tensor> Run(IMapNetwork network, Tensor images) => network switch
    {
        nn.Module<Tensor, Tensor> one => [one.call(images)],
        nn.Module<Tensor, IReadOnlyList<Tensor>> many => many.call(images),
        _ => throw new ArgumentException(network.GetType().Name),
    };

    private static IMapNetwork Fresh(string name) => name.Split('-', 2) switch
    {
        ["features", "resnet18"] => new ResidualBackbone(Network("resnet18"), [0, 1, 2, 3, 4]),
        ["features", "layer2"] => new ResidualBackbone(Network("resnet18"), [2]),
        ["features", var network] => new ResidualBackbone(Network(network)),
        ["fpn", var network] => new BackboneWithFpn(new ResidualBackbone(Network(network)), 32),
        ["unet", "resnet18"] => new UNet(new() { Encoder = Specification("resnet18"), Classes = 5 }),
        ["unet", var network] => new UNet(new() { Encoder = Specification(network), Classes = 3, DecoderChannels = [24, 12] }),
        ["edsr", "2"] => new EdsrNetwork(new() { Scale = 2, Blocks = 3, Channels = 8 }),
        ["edsr", "3"] => new EdsrNetwork(new() { Scale = 3, Blocks = 2, Channels = 8, ResidualScaling = 0.1 }),
        ["edsr", "4-bicubic"] => new EdsrNetwork(new() { Scale = 4, Blocks = 2, Channels = 8, AddsToBicubic = true, PixelRange = 1 }),
        _ => throw new ArgumentException(name),
    };

    private static ResidualNetwork Network(string name) => Specification(name).Create();

    // One normalisation for all, as in the fixtures.
    private static ResNetSpecification Specification(string name) =>
        (ResNetSpecification)Networks.Networks.Named(name) with { Normalization = Normalization.ImageNet };
}
