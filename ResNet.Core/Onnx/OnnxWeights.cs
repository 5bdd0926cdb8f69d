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
        if (specification is ResNetSpecification residual && (residual.Stages.Sum(blocks => (long)blocks) > weights.Count || Convolutions(residual) > given))
        {
            throw new InvalidDataException($"the specification describes a larger network than the file's {weights.Count} weights are; the file is damaged.");
        }
    }

    // At most what the network has: its classifier, and its blocks' convolutions without those of the shortcuts.
    private static Int128 Convolutions(ResNetSpecification specification)
    {
        Int128 channels = specification.StemWidth ?? specification.Width;
        Int128 total = (Int128)specification.Features * specification.Classes;
        for (var stage = 0; stage < specification.Stages.Length; stage++)
        {
            var planes = (Int128)specification.Width << stage;
            var width = planes * specification.WidthPerGroup / 64 * specification.Groups;
            var output = planes * specification.Expansion;
            for (var i = 0; i < Math.Min(specification.Stages[stage], 2); i++)
            {
                var block = specification.Block == BlockKind.Basic
                    ? (channels * planes * 9) + (planes * planes * 9)
                    : (channels * width) + (width * width * 9 / specification.Groups) + (width * output);
                total += i == 0 ? block : block * (specification.Stages[stage] - 1);
                channels = output;
            }
        }

        return total;
    }
}
