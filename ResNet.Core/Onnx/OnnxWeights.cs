using System.Collections.Immutable;

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
        ImmutableArray<int> blocks = specification switch
        {
            ResNetSpecification residual => residual.Stages,
            DenseNetSpecification dense => dense.Blocks,
            HighwaySpecification highway => highway.Stages,
            _ => [],
        };
        // The first count bounds the second one's loops.
        if (blocks.Sum(count => (long)count) > weights.Count || Least(specification) > given)
        {
            throw new InvalidDataException($"the specification describes a larger network than the file's {weights.Count} weights are; the file is damaged.");
        }
    }

    // At most what the network has.
    private static Int128 Least(NetworkSpecification specification) => specification switch
    {
        ResNetSpecification residual => Convolutions(residual),
        DenseNetSpecification dense => Convolutions(dense),
        HighwaySpecification highway => highway.Widths.Zip(highway.Stages, (width, layers) => (Int128)width * width * 9 * layers).Aggregate((a, b) => a + b),
        OdeNetSpecification ode => (Int128)ode.Width * ode.Width * 9 * 2,
        _ => (Int128)specification.Features * specification.Classes,
    };

    private static Int128 Convolutions(DenseNetSpecification specification)
    {
        Int128 channels = specification.StemWidth;
        Int128 growth = specification.GrowthRate;
        var bottleneck = growth * specification.BottleneckFactor;
        Int128 total = 0;
        for (var block = 0; block < specification.Blocks.Length; block++)
        {
            for (var layer = 0; layer < specification.Blocks[block]; layer++)
            {
                total += (channels * bottleneck) + (bottleneck * growth * 9);
                channels += growth;
            }

            if (block < specification.Blocks.Length - 1)
            {
                var kept = (Int128)Math.Floor((double)channels * specification.Compression);
                total += channels * kept;
                channels = kept;
            }
        }

        return total + (channels * specification.Classes);
    }

    // The classifier, and the blocks' convolutions without those of the shortcuts.
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
