using ResNet.Core;

namespace ResNet.Tests.Core.Networks;

/// <summary>Specifications out of a text that ask for more than a machine has are refused before anything is built.</summary>
public class HostileSpecificationTests
{
    public static TheoryData<NetworkSpecification> TooLarge =>
    [
        new ResNetSpecification { Stages = [1, 1, 1, 2_000_000_000], Width = 1 },
        new ResNetSpecification { Stages = [2, 2, 2, 2], Width = 100_000 },
        new ResNetSpecification { Stages = [2, 2], Classes = 1_000_000_000 },
        (DenseNetSpecification)NetworkPresets.Get("densenet121") with { Blocks = [1, 1_000_000_000] },
        (DenseNetSpecification)NetworkPresets.Get("densenet121") with { GrowthRate = 100_000 },
        new HighwaySpecification { Stages = [1_000_000_000], Widths = [1] },
        new HighwaySpecification { Stages = [1], Widths = [1_000_000] },
        new OdeNetSpecification { Width = 1_000_000 },
    ];

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void The_rule_is_named(NetworkSpecification specification) =>
        Assert.Contains("more than 10,000 layers or 4,000,000,000 parameters",
            Assert.Throws<ArgumentException>(() => NetworkSpecification.FromJson(specification.ToJson())).Message);

    [Fact]
    public void Every_preset_is_read_and_has_the_parameters_that_it_is_said_to_have_at_least()
    {
        foreach (var name in NetworkPresets.Names)
        {
            Assert.Equal(name, NetworkSpecification.FromJson(NetworkPresets.Get(name).ToJson()).Name);
        }

        foreach (var name in new[] { "resnet18", "resnet20", "resnext50_32x4d", "densenet_bc40_12", "highway19", "odenet" })
        {
            var specification = Networks.Named(name);
            using var network = specification.Create(seed: 1);
            var parameters = network.parameters().Sum(parameter => parameter.numel());
            Assert.InRange((long)specification.LeastParameters, parameters / 3, parameters);
        }
    }
}
