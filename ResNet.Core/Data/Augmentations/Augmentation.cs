namespace ResNet.Core;

/// <summary>The augmentations of the literature. All are immutable and safe to share; some return bytes whatever they are given.</summary>
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

    /// <summary>Mirrored left to right (torchvision's RandomHorizontalFlip).</summary>
    /// <param name="probability">Above 0 to 1. Default ½.</param>
    public static IAugmentation Flip(double probability = 0.5) => new RandomFlip(probability);

    /// <summary>
    /// Brightness, contrast and saturation times a random factor of 1 ± the amount, and the hue turned by up to ± the amount of the circle
    /// (torchvision's ColorJitter, which draws an order for each image; here it is drawn for the batch). For 1 or 3 channels.
    /// </summary>
    /// <param name="brightness">0 (none) or more. Default 0.4.</param>
    /// <param name="contrast">0 (none) or more. Default 0.4.</param>
    /// <param name="saturation">0 (none) or more. Default 0.4.</param>
    /// <param name="hue">0 (default: none) to 0.5.</param>
    public static IAugmentation ColorJitter(double brightness = 0.4, double contrast = 0.4, double saturation = 0.4, double hue = 0) =>
        new ColorJitter(brightness, contrast, saturation, hue);

    /// <summary>
    /// One change an image out of fourteen (identity, shears, shifts, rotation, brightness, colour, contrast, sharpness, posterize,
    /// solarize, auto-contrast, equalize) in one of 31 strengths; nothing to tune (Müller and Hutter 2021; torchvision's
    /// TrivialAugmentWide). For 1 or 3 channels. What comes in from outside the image is black.
    /// </summary>
    public static IAugmentation TrivialAugmentWide() => new TrivialAugmentWide();

    /// <summary>A rectangle of 2 to 33 % of the area, 0.3 to 3.3 in shape, replaced (Zhong et al. 2020; torchvision's RandomErasing).</summary>
    /// <param name="probability">Above 0 to 1. Default ½.</param>
    /// <param name="fill">The value that replaces it, 0..255; null (default): noise, as the paper found best.</param>
    public static IAugmentation Erasing(double probability = 0.5, byte? fill = null) => new RandomErasing(probability, fill);

    /// <summary>One after another, as <c>Compose(ResizedCrop(224), TrivialAugmentWide(), Erasing(0.1))</c>.</summary>
    /// <param name="augmentations">In this order.</param>
    public static IAugmentation Compose(params IAugmentation[] augmentations) => new Composition(augmentations);
}
