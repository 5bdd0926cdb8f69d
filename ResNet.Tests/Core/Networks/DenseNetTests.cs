using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

public class DenseNetTests
{
    private static readonly DenseNetSpecification Tiny = DenseNetPresets.Cifar(16, 6, classes: GeneratedImages.Classes);
    private static readonly DenseNetSpecification WithoutBottlenecks = DenseNetPresets.CifarWithoutBottlenecks(10, 6, classes: GeneratedImages.Classes);

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
    [InlineData("densenet40_12", 40, 448, 4)]
    [InlineData("densenet100_24", 100, 2320, 4)]
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
        { "Dropout", Tiny with { Dropout = 1 } },
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

    [Fact]
    public void Depths_without_bottlenecks_are_3n_plus_4() =>
        Assert.Contains("40 and 43", Assert.Throws<ArgumentException>(() => DenseNetPresets.CifarWithoutBottlenecks(41, 12)).Message);

    // Huang et al. 2017, table 2: 1.0, 7.0 and 27.2 million.
    [Theory]
    [InlineData("densenet40_12", 1.0)]
    [InlineData("densenet100_12", 7.0)]
    [InlineData("densenet100_24", 27.2)]
    public void Parameters_are_the_papers(string name, double millions)
    {
        using var network = NetworkPresets.Get(name).Create();
        Assert.Equal(millions, network.parameters().Sum(parameter => parameter.numel()) / 1e6, 0.05);
    }

    public static TheoryData<string, DenseNetSpecification> Variants() => new()
    {
        { "bottlenecks", Tiny },
        { "no bottlenecks", WithoutBottlenecks },
        { "dropout", Tiny with { Dropout = 0.2 } },
        { "dropout, no bottlenecks", WithoutBottlenecks with { Dropout = 0.2 } },
    };

    // The gradients, the running statistics and so the trained weights are those of training that keeps everything.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Memory_efficient_training_gives_the_same_bits(string name, DenseNetSpecification variant)
    {
        Assert.NotEmpty(name);
        Assert.Equal(Train(variant), Train(variant with { MemoryEfficient = true }));

        static Dictionary<string, string> Train(DenseNetSpecification specification)
        {
            using var network = specification.Create(seed: 1);
            new Trainer(network, new TrainingOptions { Epochs = 1, BatchSize = 16, LearningRate = 0.05 }).Fit(GeneratedImages.Stripes(32));
            return network.state_dict().ToDictionary(entry => entry.Key, entry => Convert.ToHexString(entry.Value.contiguous().bytes));
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Gradients_reach_every_parameter_and_the_loss_falls(string name, DenseNetSpecification variant)
    {
        using var network = variant.Create(seed: 1);
        FewSteps.LowerTheLoss(name, network);
    }

    // After every convolution but the stem's: two in each of 3 × 2 layers, two transitions.
    [Fact]
    public void Dropout_follows_every_convolution_but_the_first()
    {
        using var scope = NewDisposeScope();
        using var network = (Tiny with { Dropout = 0.2 }).Create(seed: 1);
        using var without = Tiny.Create(seed: 1);
        Assert.Equal(network.modules().OfType<TorchSharp.Modules.Conv2d>().Count() - 1, network.modules().OfType<DropoutLayer>().Count() + 6);
        Assert.Equal(without.state_dict().Keys, network.state_dict().Keys);
        var x = rand(2, 3, 32, 32) * 255;
        network.eval();
        without.eval();
        Assert.True(network.call(x).bytes.SequenceEqual(without.call(x).bytes));
        network.train();
        Assert.False(network.call(x).bytes.SequenceEqual(network.call(x).bytes));
    }
}
