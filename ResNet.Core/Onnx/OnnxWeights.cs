namespace ResNet.Core;

/// <summary>Puts a file's initializers into the network that its specification describes.</summary>
internal static class OnnxWeights
{
    /// <exception cref="InvalidDataException">They are not that network's; the message lists what does not fit.</exception>
    public static void Load(ClassificationNetwork network, StateDict weights)
    {
        try
        {
            network.LoadWeights(weights);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"The weights are not those of the file's own specification ({network.Specification.Name}): {error.Message}", error);
        }
    }

    /// <summary>
    /// The network is built before it gets its weights, so a file whose specification asks for more than its weights are
    /// must not come that far.
    /// </summary>
    /// <exception cref="InvalidDataException">The specification describes a much larger network.</exception>
    public static void CheckSize(NetworkSpecification specification, StateDict weights)
    {
        var given = weights.Values.Sum(weight => weight.NumberOfElements);
        // The first count bounds the second one's loops.
        if (specification.LayerCount > weights.Count || specification.LeastParameters > given)
        {
            throw new InvalidDataException($"the specification describes a larger network than the file's {weights.Count} weights are; the file is damaged.");
        }
    }
}
