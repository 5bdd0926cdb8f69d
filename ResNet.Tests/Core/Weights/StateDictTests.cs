using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Weights;

public class StateDictTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Bool)]
    public void A_tensor_survives_the_way_there_and_back(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var tensor = arange(24).reshape(2, 3, 4).permute(2, 0, 1).to(type);
        var weights = WeightTensor.Of(tensor);
        Assert.Equal(new long[] { 4, 2, 3 }, weights.Shape.ToArray());
        Assert.Equal(24, weights.NumberOfElements);
        var back = weights.ToTensor();
        Assert.Equal(type, back.dtype);
        Assert.True(back.eq(tensor).all().item<bool>());
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Infinite_values_and_NaN_are_found(ScalarType type)
    {
        using var scope = NewDisposeScope();
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.False(WeightTensor.Of(tensor(new[] { 1, 2, value }).to(type)).IsFinite());
        }

        Assert.True(WeightTensor.Of(tensor(new[] { 1, -6e4, 0, -0.0, 1e-7 }).to(type)).IsFinite());
        Assert.True(WeightTensor.Of(full([3], -1, dtype: ScalarType.Int64)).IsFinite());
    }

    [Fact]
    public void A_scalar_has_no_dimensions()
    {
        using var scope = NewDisposeScope();
        var weights = WeightTensor.Of(tensor(7L));
        Assert.Empty(weights.Shape);
        Assert.Equal(7L, weights.ToTensor().item<long>());
    }

    [Theory]
    [InlineData(new long[] { 2, 2 }, 12)]
    [InlineData(new long[] { -1, -4 }, 16)]
    [InlineData(new long[] { long.MaxValue, long.MaxValue }, 4)]
    [InlineData(new long[] { 1L << 62, 4 }, 0)]
    public void Bytes_that_do_not_fill_the_shape_are_refused(long[] shape, int bytes) =>
        Assert.Throws<ArgumentException>(() => new WeightTensor(ScalarType.Float32, [.. shape], new byte[bytes]));

    [Fact]
    public void The_state_of_a_module_is_a_copy_in_its_order()
    {
        using var network = new ResidualNetwork(ResNetPresets.Get("resnet20"), seed: 1);
        var state = StateDict.Of(network);
        Assert.Equal(network.state_dict().Keys, state.Keys);
        var before = state["fc.weight"].Data.ToArray();
        using (no_grad())
        {
            network.state_dict()["fc.weight"].zero_();
        }

        Assert.Equal(before, state["fc.weight"].Data.ToArray());
        Assert.Contains(before, value => value != 0);
    }
}
