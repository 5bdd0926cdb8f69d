using ResNet.Core;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Data;

/// <summary>What every augmentation keeps, and how often each does what.</summary>
public class RandomAugmentationTests
{
    public static TheoryData<IAugmentation> All => new()
    {
        Augmentation.Flip(),
        Augmentation.ColorJitter(0.4, 0.3, 0.2, 0.1),
        Augmentation.TrivialAugmentWide(),
        Augmentation.Erasing(),
        Augmentation.Compose(Augmentation.ResizedCrop(16), Augmentation.TrivialAugmentWide(), Augmentation.Erasing(0.5, fill: 128)),
    };

    [Theory]
    [MemberData(nameof(All))]
    public void The_seed_fixes_the_result_and_the_input_stays(IAugmentation augmentation)
    {
        foreach (var channels in new[] { 1, 3 })
        {
            using var scope = NewDisposeScope();
            var pixels = Noise(32, channels);
            var before = pixels.clone();
            var first = augmentation.Apply(pixels, new Random(1));
            Assert.Equal([32, channels, 16, 16], first.shape);
            Assert.True(first.to(ScalarType.Float32).ge(0).all().item<bool>() && first.to(ScalarType.Float32).le(255).all().item<bool>());
            Assert.True(Same(first, augmentation.Apply(pixels, new Random(1))));
            Assert.False(Same(first, augmentation.Apply(pixels, new Random(2))));
            Assert.True(Same(before, pixels));

            // Whole floats are the same pixels.
            var floats = augmentation.Apply(pixels.to(ScalarType.Float32), new Random(1));
            Assert.True(floats.to(ScalarType.Float32).sub(first.to(ScalarType.Float32)).abs().max().item<float>() <= 1);
        }
    }

    [Fact]
    public void A_flip_mirrors_its_share()
    {
        using var scope = NewDisposeScope();
        var pixels = Noise(1000, 1);
        var changed = Augmentation.Flip(0.2).Apply(pixels, new Random(1));
        var (same, mirrored) = (Rows(changed.eq(pixels)), Rows(changed.eq(pixels.flip(3))));
        Assert.Equal(1000, same + mirrored);
        Assert.InRange(mirrored, 150, 250);
    }

    [Fact]
    public void Trivial_augment_leaves_about_one_in_fourteen_as_it_is()
    {
        using var scope = NewDisposeScope();
        var pixels = Noise(2000, 3);
        var same = Rows(Augmentation.TrivialAugmentWide().Apply(pixels, new Random(1)).eq(pixels));

        // The identity, and the weakest of the nine signed changes, of posterize and of solarize: 2000 / 14 × (1 + 11 / 31).
        Assert.InRange(same, 150, 240);
    }

    [Fact]
    public void Erasing_takes_a_rectangle_of_its_size()
    {
        using var scope = NewDisposeScope();
        var pixels = full([500, 3, 32, 32], (byte)7, dtype: ScalarType.Byte);
        var erased = Augmentation.Erasing(0.5, fill: 200).Apply(pixels, new Random(1)).eq(200).select(1, 0);
        var areas = erased.sum([1, 2], type: ScalarType.Float32);
        var hit = areas.gt(0);
        Assert.InRange(hit.sum().item<long>(), 200, 300);
        Assert.InRange(areas.max().item<float>() / 1024, 0.25, 0.36);

        // The box around the erased pixels has no other pixels.
        var (height, width) = (erased.any(2).sum(1, type: ScalarType.Float32), erased.any(1).sum(1, type: ScalarType.Float32));
        Assert.True(Same(areas, height * width));
    }

    [Fact]
    public void Wrong_values_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Flip(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.ColorJitter(hue: 0.6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.ColorJitter(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Erasing(1.5));
        Assert.Throws<ArgumentNullException>(() => Augmentation.Compose(null!));
        Assert.Throws<ArgumentNullException>(() => Augmentation.Compose(Augmentation.None, null!));
    }

    private static Tensor Noise(int count, int channels)
    {
        var bytes = new byte[count * channels * 16 * 16];
        new Random(5).NextBytes(bytes);
        return tensor(bytes).view(count, channels, 16, 16);
    }

    private static bool Same(Tensor a, Tensor b) => a.eq(b).all().item<bool>();

    private static long Rows(Tensor equal) => equal.flatten(1).all(1).sum().item<long>();
}
