namespace ResNet.Core;

/// <summary>One of the views that test-time augmentation averages over: a part of the image, or all of it, as it is or mirrored.</summary>
internal readonly record struct TestTimeView(int Top, int Left, int Height, int Width, bool Mirrored)
{
    /// <param name="augmentation">Which views.</param>
    /// <param name="height">Height of the images in pixels.</param>
    /// <param name="width">Width of the images in pixels.</param>
    /// <param name="size">Side of the crops in pixels: the network's InputSize.</param>
    /// <exception cref="ArgumentException">Ten crops of images that are not larger than <paramref name="size"/>.</exception>
    public static TestTimeView[] Of(TestTimeAugmentation augmentation, int height, int width, int size)
    {
        TestTimeView whole = new(0, 0, height, width, Mirrored: false);
        return augmentation switch
        {
            TestTimeAugmentation.None => [whole],
            TestTimeAugmentation.Flip => WithMirrored([whole]),
            TestTimeAugmentation.TenCrop => WithMirrored(FiveCrops(height, width, size)),
            _ => throw new ArgumentException($"TestTimeAugmentation is {augmentation}; it must be None, Flip or TenCrop.", nameof(augmentation)),
        };
    }

    private static TestTimeView[] WithMirrored(TestTimeView[] views) => [.. views, .. views.Select(view => view with { Mirrored = true })];

    private static TestTimeView[] FiveCrops(int height, int width, int size)
    {
        if (Math.Min(height, width) < size || Math.Max(height, width) == size)
        {
            throw new ArgumentException(
                $"TenCrop takes parts of {size}×{size} pixels out of larger images, but these have {height}×{width}; give larger ones, or use Flip.",
                nameof(TestTimeAugmentation));
        }

        var (bottom, right) = (height - size, width - size);
        return
        [
            At(0, 0), At(0, right), At(bottom, 0), At(bottom, right), At((int)Math.Round(bottom / 2.0), (int)Math.Round(right / 2.0)),
        ];

        TestTimeView At(int top, int left) => new(top, left, size, size, Mirrored: false);
    }
}
