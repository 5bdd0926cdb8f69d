using ResNet.Core;

namespace Segmentation;

/// <summary>The command line's values.</summary>
internal sealed record Settings(string? Images, string? Masks, string? Arch, int Size, int Steps, int Seed, string Device, string Output)
{
    /// <summary>A ResNet with one block a stage and a quarter of the channels, unless another is named.</summary>
    public ResNetSpecification Encoder() => Arch is null
        ? ResNetPresets.Get("resnet18") with { Name = "small encoder", Stages = [1, 1, 1, 1], Width = 16, InputSize = Size }
        : ResNetPresets.Get(Arch) with { InputSize = Size };

    public void Check()
    {
        if (Images is null != Masks is null)
            throw new ArgumentException("--images and --masks belong together: a folder of images, and one with a mask for each, of the same name.");
        if (Steps < 1)
            throw new ArgumentException($"--steps is {Steps}; it must be 1 or more.");
        if (Size is < 32 or > 1024 || Size % 32 != 0)
            throw new ArgumentException($"--size is {Size}; it must be a multiple of 32, 32 to 1024.");
    }
}
