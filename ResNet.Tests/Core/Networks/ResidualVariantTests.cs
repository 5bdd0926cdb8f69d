using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

/// <summary>The options of the residual networks, trained for a step and compared with what they must equal.</summary>
public class ResidualVariantTests
{
    private static readonly ResNetSpecification Tiny = GeneratedImages.TinyNetwork with { Stages = [2, 2], Shortcut = ShortcutOption.B };

    public static TheoryData<string, ResNetSpecification> Variants()
    {
        var data = new TheoryData<string, ResNetSpecification>();
        foreach (var order in Enum.GetValues<ActivationOrder>())
        {
            data.Add(order.ToString(), Tiny with { Activation = order });
            data.Add($"plain {order}", Tiny with { Activation = order, Shortcut = ShortcutOption.None });
        }

        data.Add("wide", Tiny with { Activation = ActivationOrder.PreActivation, Width = 16, StemWidth = 8, Dropout = 0.3 });
        foreach (var form in Enum.GetValues<CardinalityForm>())
        {
            data.Add($"ResNeXt {form}", Tiny with { Block = BlockKind.Bottleneck, Groups = 4, WidthPerGroup = 32, Form = form });
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Gradients_reach_every_parameter_and_the_loss_falls(string name, ResNetSpecification specification)
    {
        using var network = specification.Create(seed: 1);
        FewSteps.LowerTheLoss(name, network);
    }

    // Xie et al. 2017, figure 3: the three forms are one function; so are their gradients and running statistics.
    [Theory]
    [InlineData(CardinalityForm.EarlyConcatenation)]
    [InlineData(CardinalityForm.SplitTransformAdd)]
    public void The_forms_of_ResNeXt_are_one_function(CardinalityForm form)
    {
        using var scope = NewDisposeScope();
        var grouped = Tiny with { Block = BlockKind.Bottleneck, Groups = 8, WidthPerGroup = 32, Normalization = null };
        using var network = grouped.Create();
        FormulaWeights.Fill(network);
        using var other = (grouped with { Form = form }).Create();
        other.load_state_dict(network.state_dict());
        var x = randn(4, 3, 16, 16, generator: new Generator(1));
        foreach (var training in new[] { false, true })
        {
            network.train(training);
            other.train(training);
            var (expected, actual) = (network.call(x), other.call(x));
            AssertClose(expected, actual, "logits");
            expected.sin().sum().backward();
            actual.sin().sum().backward();
        }

        foreach (var ((key, expected), actual) in network.named_parameters().Zip(other.parameters()))
        {
            AssertClose(expected.grad!, actual.grad!, key);
        }

        foreach (var ((key, expected), (_, actual)) in network.named_buffers().Zip(other.named_buffers()).Where(pair => pair.First.name.Contains("running")))
        {
            AssertClose(expected, actual, key);
        }

        static void AssertClose(Tensor expected, Tensor actual, string what)
        {
            using var off = (expected - actual).abs().max() / expected.abs().max().clamp_min(1);
            Assert.True(off.item<float>() <= 1e-5, $"{what}: off by {off.item<float>()}");
        }
    }

    // Linear decay: of L blocks, the l-th survives with 1 − l/L (1 − p).
    [Fact]
    public void Blocks_are_dropped_as_often_as_stochastic_depth_says()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        var specification = Tiny with { SurvivalProbability = 0.2, Shortcut = ShortcutOption.A, Normalization = null };
        using var network = specification.Create(seed: 1);
        var counts = network.modules().OfType<ResidualBlock>().Select(block => Count((TorchSharp.Modules.Conv2d)block.named_children().First().module)).ToArray();
        var x = zeros(2, 3, 16, 16);
        const int Steps = 200;
        for (var step = 0; step < Steps; step++)
        {
            network.Noise.Start(seed: 5, step);
            network.call(x).Dispose();
        }

        foreach (var (count, probability) in counts.Zip(new[] { 0.8, 0.6, 0.4, 0.2 }))
        {
            // Four standard deviations of a binomial count.
            Assert.Equal(probability, count.Value / (double)Steps, 4 * Math.Sqrt(probability * (1 - probability) / Steps));
        }

        static System.Runtime.CompilerServices.StrongBox<int> Count(TorchSharp.Modules.Conv2d convolution)
        {
            var calls = new System.Runtime.CompilerServices.StrongBox<int>();
            convolution.register_forward_hook((_, _, output) => { calls.Value++; return output; });
            return calls;
        }
    }

    [Fact]
    public void A_seed_fixes_dropout_and_depth()
    {
        var data = GeneratedImages.Stripes(48);
        var specification = Tiny with { SurvivalProbability = 0.5, Dropout = 0.5 };
        var (first, again, other) = (Train(7), Train(7), Train(8));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        byte[] Train(int seed)
        {
            using var network = specification.Create(seed: 1);
            new Trainer(network, new TrainingOptions { Epochs = 1, BatchSize = 48, Seed = seed }).Fit(data);
            return network.state_dict()["layer2.1.conv2.weight"].bytes.ToArray();
        }
    }

    [Fact]
    public void Dropout_zeroes_its_share_and_keeps_the_mean()
    {
        using var scope = NewDisposeScope();
        var noise = new TrainingNoise(3);
        var x = ones(8, 16, 32, 32);
        var y = noise.Dropout(x, 0.3);
        Assert.Equal(0.3, y.eq(0).to(ScalarType.Float32).mean().item<float>(), 0.01);
        Assert.Equal(1, y.mean().item<float>(), 0.02);
        Assert.False(y.Equals(noise.Dropout(x, 0.3)));
    }
}
