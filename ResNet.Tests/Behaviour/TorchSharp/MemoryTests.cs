using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Behaviour.TorchSharp;

/// <summary>Who owns a tensor's memory, and for how long.</summary>
public class MemoryTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it_but_what_was_moved_out()
    {
        Tensor inner, moved;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                inner = ones(2);
                moved = (inner + 1).MoveToOuterDisposeScope();
            }
            Assert.True(inner.IsInvalid);
            Assert.Equal([2f, 2f], moved.data<float>().ToArray());
        }
        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void Bytes_are_the_tensor_itself()
    {
        using var t = zeros(4);
        MemoryMarshal.Cast<byte, float>(t.bytes)[2] = 5;
        Assert.Equal([0f, 0f, 5f, 0f], t.data<float>().ToArray());
    }

    [Fact]
    public void A_tensor_made_from_an_array_is_a_copy()
    {
        var values = new float[] { 1, 2, 3 };
        using var t = tensor(values);
        values[0] = 9;
        Assert.Equal([1f, 2f, 3f], t.data<float>().ToArray());
    }

    [Fact]
    public void A_seed_repeats_the_random_stream()
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        var first = (randn(100), rand(7), randperm(20));
        manual_seed(11);
        Assert.True(Same(first.Item1, randn(100)) && Same(first.Item2, rand(7)) && Same(first.Item3, randperm(20)));
        Assert.False(Same(first.Item1, randn(100)));
    }

    private static bool Same(Tensor a, Tensor b) => a.eq(b).all().item<bool>();
}
