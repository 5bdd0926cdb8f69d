using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

public class RecomputedTests
{
    [Fact]
    public void Gradients_are_those_of_the_function_itself()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (rand(3, 4, requires_grad: true), rand(4, 2, requires_grad: true));
        var constant = rand(3, 2);
        var calls = new List<bool>();
        var output = Recomputed.Run(
            (inputs, again) =>
            {
                calls.Add(again);
                return (inputs[0].matmul(inputs[1]) * inputs[2]).exp();
            },
            [a, b, constant]);
        Assert.Equal([false], calls);
        output.sum().backward();
        Assert.Equal([false, true], calls);

        var expected = autograd.grad([(a.matmul(b) * constant).exp().sum()], [a, b]);
        Assert.True(expected[0].bytes.SequenceEqual(a.grad!.bytes));
        Assert.True(expected[1].bytes.SequenceEqual(b.grad!.bytes));
    }

    [Fact]
    public void Without_gradients_it_is_the_function()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var x = rand(3, requires_grad: true);
        var y = Recomputed.Run((inputs, again) => again ? throw new InvalidOperationException() : inputs[0] * 2, [x]);
        Assert.False(y.requires_grad);
        Assert.True((x * 2).bytes.SequenceEqual(y.bytes));
    }
}
