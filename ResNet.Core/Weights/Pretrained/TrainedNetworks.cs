using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Networks with weights in one step.</summary>
public static class TrainedNetworks
{
    /// <summary>Builds the network and puts all its weights in.</summary>
    /// <param name="specification">The network that the weights are for.</param>
    /// <param name="weights">All its weights.</param>
    /// <param name="device">Where the network lives. Default: the CPU.</param>
    /// <param name="skipClassifier">true: the last layer stays fresh, for other classes than the weights'. Default false.</param>
    /// <param name="seed">Seed of a fresh classifier; null (default): from torch's global generator.</param>
    /// <returns>The network; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The weights are another network's; the message lists what differs.</exception>
    public static ClassificationNetwork Create(
        this NetworkSpecification specification, StateDict weights, Device? device = null, bool skipClassifier = false, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(weights);
        var network = specification.Create(device, seed);
        try
        {
            network.LoadWeights(weights, skipClassifier);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
