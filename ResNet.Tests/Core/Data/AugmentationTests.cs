using ResNet.Core;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Data;

public class AugmentationTests
{
    [Fact]
    public void None_returns_the_images_themselves()
    {
        using var images = zeros(2, 3, 4, 4);
        Assert.Same(images, Augmentation.None.Apply(images, new Random(0)));
    }

    [Theory]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Float32)]
    public void A_crop_is_the_padded_image_moved_and_sometimes_mirrored(ScalarType type)
    {
        const int Count = 64, Height = 5, Width = 6, Padding = 2;
        using var scope = NewDisposeScope();
        var images = arange(1, (Count * 2 * Height * Width) + 1).remainder(251).view(Count, 2, Height, Width).to(type);
        var cropped = Augmentation.Crop(Padding).Apply(images, new Random(1));
        Assert.Equal(type, cropped.dtype);
        Assert.Equal(images.shape, cropped.shape);

        var padded = nn.functional.pad(images, [Padding, Padding, Padding, Padding]);
        var (moves, mirrored) = (new HashSet<(int, int)>(), 0);
        for (var i = 0; i < Count; i++)
        {
            var (top, left, flip) = Find(padded[i], cropped[i]);
            moves.Add((top, left));
            mirrored += flip ? 1 : 0;
        }

        Assert.InRange(moves.Count, 15, 25);
        Assert.InRange(mirrored, 16, 48);

        (int, int, bool) Find(Tensor source, Tensor result)
        {
            for (var top = 0; top <= 2 * Padding; top++)
            {
                for (var left = 0; left <= 2 * Padding; left++)
                {
                    var window = source.narrow(1, top, Height).narrow(2, left, Width);
                    if (window.eq(result).all().item<bool>())
                    {
                        return (top, left, false);
                    }

                    if (window.flip(2).eq(result).all().item<bool>())
                    {
                        return (top, left, true);
                    }
                }
            }

            throw new Xunit.Sdk.XunitException("no window of the image gives the crop");
        }
    }

    [Fact]
    public void Without_padding_and_flip_a_crop_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var images = arange(0, 96).view(2, 3, 4, 4);
        Assert.True(Augmentation.Crop(0, flip: false).Apply(images, new Random(0)).eq(images).all().item<bool>());
    }

    [Fact]
    public void A_whole_square_image_resized_to_its_own_size_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        var images = arange(0, 2 * 3 * 8 * 8).view(2, 3, 8, 8).to(ScalarType.Float32);

        // A scale of exactly 1 and a shape of exactly 1:1 are not drawn, so ten tries fail and the whole image is taken.
        var same = Augmentation.ResizedCrop(8, minimumScale: 1, flip: false).Apply(images, new Random(0));
        Assert.True((same - images).abs().max().item<float>() < 15);
        Assert.Equal(images.shape, same.shape);
    }

    [Fact]
    public void A_resized_crop_samples_inside_the_image()
    {
        using var scope = NewDisposeScope();

        // Values rise along x alone, so each row of a crop rises (or falls, if mirrored) evenly within 0..23.
        var ramp = arange(0, 24).to(ScalarType.Float32).view(1, 1, 1, 24).expand(32, 3, 16, 24);
        var result = Augmentation.ResizedCrop(12).Apply(ramp, new Random(3));
        Assert.Equal([32, 3, 12, 12], result.shape);
        Assert.InRange(result.min().item<float>(), 0, 6);
        Assert.InRange(result.max().item<float>(), 17, 23);
        var steps = (result.narrow(3, 1, 11) - result.narrow(3, 0, 11)).sign().sum(3);
        var mirrored = (steps < 0).any(1).any(1).sum().item<long>();
        Assert.InRange(mirrored, 6, 26);
    }

    [Fact]
    public void The_same_random_gives_the_same_images()
    {
        using var scope = NewDisposeScope();
        var images = rand(8, 3, 16, 16) * 255;
        foreach (var augmentation in new[] { Augmentation.Crop(), Augmentation.ResizedCrop(16) })
        {
            var first = augmentation.Apply(images, new Random(1)).bytes.ToArray();
            Assert.Equal(first, augmentation.Apply(images, new Random(1)).bytes.ToArray());
            Assert.NotEqual(first, augmentation.Apply(images, new Random(2)).bytes.ToArray());
        }
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Crop(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.ResizedCrop(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.ResizedCrop(8, minimumScale: 0));
    }
}
