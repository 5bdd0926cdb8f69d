using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Behaviour.TorchSharp;

/// <summary>SGD's steps against the update rule of PyTorch's documentation, and module files.</summary>
public class OptimizerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sgd_follows_its_update_rule(bool nesterov)
    {
        const double rate = 0.1, momentum = 0.9, decay = 0.01;
        using var scope = NewDisposeScope();
        var w = nn.Parameter(tensor(new float[] { 1, -2 }));
        using var sgd = optim.SGD([w], rate, momentum, 0, decay, nesterov);
        double[] expected = [1, -2], velocity = [0, 0];
        for (var step = 0; step < 4; step++)
        {
            sgd.zero_grad();
            (w * w).sum().backward();
            sgd.step();
            for (var i = 0; i < 2; i++)
            {
                var g = 2 * expected[i] + decay * expected[i];
                velocity[i] = step == 0 ? g : momentum * velocity[i] + g;
                expected[i] -= rate * (nesterov ? g + momentum * velocity[i] : velocity[i]);
            }
            var actual = w.detach().data<float>().ToArray();
            Assert.Equal(expected[0], actual[0], 1e-5);
            Assert.Equal(expected[1], actual[1], 1e-5);
        }
    }

    [Fact]
    public void A_saved_module_loads_into_another_of_the_same_shape()
    {
        using var scope = NewDisposeScope();
        using var from = nn.Sequential(("conv", nn.Conv2d(3, 4, 3, bias: false)), ("bn", nn.BatchNorm2d(4)));
        using var to = nn.Sequential(("conv", nn.Conv2d(3, 4, 3, bias: false)), ("bn", nn.BatchNorm2d(4)));
        from.call(randn(2, 3, 6, 6));
        var file = Path.GetTempFileName();
        try
        {
            from.save(file);
            to.load(file);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.Equal(["conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"], to.state_dict().Keys);
        foreach (var (name, value) in from.state_dict())
            Assert.True(value.eq(to.state_dict()[name]).all().item<bool>(), name);
    }
}
