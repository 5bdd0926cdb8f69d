namespace ResNet.Core;

/// <summary>The augmentations of the residual networks' papers.</summary>
public static class Augmentation
{
    /// <summary>Images as they are.</summary>
    public static IAugmentation None { get; } = new NoAugmentation();

    /// <summary>CIFAR's: pad with black, crop at random to the size before, mirror every other image (He et al. 2015, 4.2).</summary>
    /// <param name="padding">Pixels added on each side, 0 or more. Default 4. With 0, images are only mirrored.</param>
    /// <param name="flip">Mirror left to right with probability ½. Default true.</param>
    public static IAugmentation Crop(int padding = 4, bool flip = true) => new RandomCrop(padding, flip);

    /// <summary>
    /// ImageNet's: a random part of the image, 8 to 100 % of its area, 3:4 to 4:3 in shape, resized to a square (bilinear),
    /// mirrored with probability ½ (torchvision's RandomResizedCrop and RandomHorizontalFlip).
    /// </summary>
    /// <param name="size">Side of the result in pixels, at least 1; usually the network's InputSize.</param>
    /// <param name="minimumScale">Smallest share of the area, above 0 to 1. Default 0.08.</param>
    /// <param name="flip">Mirror left to right with probability ½. Default true.</param>
    public static IAugmentation ResizedCrop(int size, double minimumScale = 0.08, bool flip = true) =>
        new RandomResizedCrop(size, minimumScale, flip);
}
