namespace ResNet.Core;

/// <summary>A network that takes images of many sizes and gives maps over them: features, class logits, a larger image.</summary>
public interface IMapNetwork
{
    /// <summary>Channels of the images.</summary>
    int InputChannels { get; }

    /// <summary>The maps, in the order of the network's output.</summary>
    IReadOnlyList<MapInfo> Maps { get; }

    /// <summary>Adds the nodes that compute the maps, in eval mode.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="input">The name of the pixels, n×C×H×W, values 0..255.</param>
    /// <param name="prefix">As for <see cref="IOnnxModule.Export"/>.</param>
    /// <returns>The names of the maps, in the order of <see cref="Maps"/>.</returns>
    IReadOnlyList<string> Export(OnnxGraph graph, string input, string prefix);
}
