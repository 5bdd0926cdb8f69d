namespace ResNet.Core;

/// <summary>The mixings of the literature. All are immutable and safe to share.</summary>
public static class Mixing
{
    /// <summary>Each image blended with another one of the batch (Zhang et al. 2018; torchvision's RandomMixup).</summary>
    /// <param name="alpha">Both parameters of the Beta distribution that the share is drawn from, above 0. Default 0.2, torchvision's.</param>
    public static IBatchMixing Mixup(double alpha = 0.2) => new Mixup(alpha);

    /// <summary>A rectangle of each image replaced by that of another one of the batch (Yun et al. 2019; torchvision's RandomCutmix).</summary>
    /// <param name="alpha">Both parameters of the Beta distribution that the share is drawn from, above 0. Default 1: uniform.</param>
    public static IBatchMixing CutMix(double alpha = 1) => new CutMix(alpha);

    /// <summary>For each batch one of these, each as likely (torchvision's reference: mixup and cutmix).</summary>
    /// <param name="mixings">At least one.</param>
    public static IBatchMixing OneOf(params IBatchMixing[] mixings) => new OneOfMixings(mixings);
}
