using ResNet.Core;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Training;

public class PrecisionTests
{
    private static readonly TrainingOptions OneStep = new()
    {
        Epochs = 1,
        BatchSize = 16,
        LearningRate = 0.1,
        Schedule = LearningRateSchedule.Constant,
        Optimizer = new SgdOptions { Momentum = 0, WeightDecay = 0 },
        Device = "cpu",
        Threads = 1,
    };

    public static TheoryData<string, NetworkSpecification> Families => new()
    {
        { "basic", GeneratedImages.TinyNetwork },
        { "bottleneck, grouped", Bottleneck(CardinalityForm.Grouped) },
        { "bottleneck, early concatenation", Bottleneck(CardinalityForm.EarlyConcatenation) },
        { "bottleneck, split and add", Bottleneck(CardinalityForm.SplitTransformAdd) },
        { "pre-activation, dropout", GeneratedImages.TinyNetwork with { Activation = ActivationOrder.PreActivation, Dropout = 0.1 } },
        { "dense", Dense() },
        { "dense, recomputed", Dense() with { MemoryEfficient = true } },
        { "highway", (HighwaySpecification)NetworkPresets.Get("highway19") with { Classes = 4, InputSize = 16, Stages = [1, 1], Widths = [8, 8], Normalization = Normalization.Centered(3) } },
    };

    // A bfloat16 has 8 bits: one part in 256 a rounding, which adds up over layers and cancels over pixels.
    [Theory]
    [MemberData(nameof(Families))]
    public void A_step_in_bfloat16_is_the_float32_step_but_for_rounding(string family, NetworkSpecification specification)
    {
        Assert.NotEmpty(family);
        using var before = specification.Create(seed: 1);
        var (single, half) = (Step(specification, Precision.Float32), Step(specification, Precision.BFloat16));
        using (single)
        using (half)
        {
            var (rounded, whole) = (0.0, 0.0);
            foreach (var (name, weight) in single.state_dict().Where(entry => before.get_parameter(entry.Key) is not null))
            {
                Assert.Equal(ScalarType.Float32, half.state_dict()[name].dtype);
                using var start = before.get_parameter(name)!.detach();
                using var step = weight - start;
                using var difference = half.state_dict()[name] - weight;
                whole += step.square().sum().item<float>();
                rounded += difference.square().sum().item<float>();
            }

            Assert.InRange(Math.Sqrt(rounded / whole), 1e-5, 0.15);
        }
    }

    [Fact]
    public void It_learns_and_is_validated_as_it_will_serve()
    {
        using var data = GeneratedImages.Stripes(240);
        using var unseen = GeneratedImages.Stripes(160, seed: 9);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var options = OneStep with { Epochs = 6, BatchSize = 16, LearningRate = 0.05, Schedule = LearningRateSchedule.OneCycle(), Optimizer = new SgdOptions(), Precision = Precision.BFloat16, KeepBest = false };
        var result = new Trainer(network, options).Fit(data, unseen);
        Assert.Equal(Precision.BFloat16, result.Precision);
        Assert.True(result.Epochs[^1].ValidationAccuracy >= 0.95, $"{result.Epochs[^1].ValidationAccuracy}");

        using var scorer = new Scorer(network, 160);
        using var batch = unseen.GetBatch([.. Enumerable.Range(0, 160)]);
        using var logits = network.call(batch.Pixels);
        Assert.Equal(ScalarType.Float32, logits.dtype);
        Assert.Equal(result.Epochs[^1].ValidationAccuracy!.Value, logits.argmax(1).eq(batch.Labels).to(ScalarType.Float32).mean().item<float>(), 1e-6);
    }

    [Fact]
    public void The_clock_chooses_one_of_the_two_and_changes_nothing_else()
    {
        var specification = GeneratedImages.TinyNetwork;
        using var chosen = Step(specification, Precision.Fastest, out var precision);
        using var named = Step(specification, precision, out _);
        Assert.Equal(Bits(named), Bits(chosen));
    }

    [Fact]
    public void A_solver_with_tolerances_stays_in_float32()
    {
        var ode = (OdeNetSpecification)NetworkPresets.Get("odenet") with { Classes = 4, InputSize = 16, Width = 4, Normalization = Normalization.Centered(3) };
        Assert.Contains("bfloat16", Assert.Throws<ArgumentException>(() => Step(ode, Precision.BFloat16)).Message, StringComparison.Ordinal);
        using var network = Step(ode, Precision.Fastest, out var precision);
        Assert.Equal(Precision.Float32, precision);
    }

    private static ClassificationNetwork Step(NetworkSpecification specification, Precision precision) => Step(specification, precision, out _);

    private static ClassificationNetwork Step(NetworkSpecification specification, Precision precision, out Precision used)
    {
        using var data = GeneratedImages.Stripes(16);
        var network = specification.Create(seed: 1);
        used = new Trainer(network, OneStep with { Precision = precision }).Fit(data).Precision;
        return network;
    }

    private static ResNetSpecification Bottleneck(CardinalityForm form) =>
        GeneratedImages.TinyNetwork with { Block = BlockKind.Bottleneck, Shortcut = ShortcutOption.B, Groups = 2, WidthPerGroup = 32, Form = form };

    private static DenseNetSpecification Dense() =>
        (DenseNetSpecification)NetworkPresets.Get("densenet_bc100_12") with { Classes = 4, InputSize = 16, Blocks = [2, 2], GrowthRate = 4, Normalization = Normalization.Centered(3) };

    private static byte[] Bits(ClassificationNetwork network) => [.. network.state_dict().Values.SelectMany(value => value.contiguous().bytes.ToArray())];
}
