using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

public class DenseNetTests
{
    private static readonly DenseNetSpecification Tiny = DenseNetPresets.Cifar(16, 6, classes: GeneratedImages.Classes);

    [Fact]
    public void Json_brings_the_same_record_back()
    {
        var specification = (DenseNetSpecification)NetworkPresets.Get("densenet161", 5) with { MemoryEfficient = true };
        Assert.Equal(specification, NetworkSpecification.FromJson(specification.ToJson()));
        Assert.Contains("\"Kind\":\"DenseNet\"", specification.ToJson());
        Assert.NotEqual<NetworkSpecification>(specification, specification with { GrowthRate = 32 });
    }

    [Theory]
    [InlineData("densenet121", 121, 1024, 32)]
    [InlineData("densenet161", 161, 2208, 32)]
    [InlineData("densenet169", 169, 1664, 32)]
    [InlineData("densenet201", 201, 1920, 32)]
    [InlineData("densenet_bc190_40", 190, 2190, 4)]
    public void Depth_features_and_stride_follow(string name, int depth, int features, int stride)
    {
        var specification = (DenseNetSpecification)NetworkPresets.Get(name);
        Assert.Equal((depth, features, stride), (specification.Depth, specification.Features, specification.Stride));
    }

    public static TheoryData<string, DenseNetSpecification> Broken() => new()
    {
        { "Blocks", Tiny with { Blocks = [] } },
        { "Blocks", Tiny with { Blocks = [4, 0] } },
        { "GrowthRate", Tiny with { GrowthRate = 0 } },
        { "StemWidth", Tiny with { StemWidth = 0 } },
        { "BottleneckFactor", Tiny with { BottleneckFactor = 0 } },
        { "Compression", Tiny with { Compression = 0 } },
        { "Compression", Tiny with { Compression = 0.01 } },
        { "InputSize", Tiny with { InputSize = 3 } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Errors_name_the_rule(string property, DenseNetSpecification specification) =>
        Assert.Contains(property, Assert.Throws<ArgumentException>(() => specification.Validate()).Message);

    [Fact]
    public void Depths_are_6n_plus_4() =>
        Assert.Contains("100 and 106", Assert.Throws<ArgumentException>(() => DenseNetPresets.Cifar(101, 12)).Message);

    // The gradients, the running statistics and so the trained weights are those of training that keeps everything.
    [Fact]
    public void Memory_efficient_training_gives_the_same_bits()
    {
        Assert.Equal(Train(Tiny), Train(Tiny with { MemoryEfficient = true }));

        static Dictionary<string, string> Train(DenseNetSpecification specification)
        {
            using var network = specification.Create(seed: 1);
            new Trainer(network, new TrainingOptions { Epochs = 1, BatchSize = 16, LearningRate = 0.05 }).Fit(GeneratedImages.Stripes(32));
            return network.state_dict().ToDictionary(entry => entry.Key, entry => Convert.ToHexString(entry.Value.contiguous().bytes));
        }
    }

    [Fact]
    public void Gradients_reach_every_parameter_and_the_loss_falls()
    {
        using var network = Tiny.Create(seed: 1);
        FewSteps.LowerTheLoss(Tiny.Name, network);
    }
}
