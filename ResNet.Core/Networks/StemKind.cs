namespace ResNet.Core;

/// <summary>What comes before the first residual stage.</summary>
public enum StemKind
{
    /// <summary>7×7 convolution with stride 2, then 3×3 max-pooling with stride 2: made for 224×224 images.</summary>
    ImageNet,

    /// <summary>3×3 convolution with stride 1, no pooling: made for 32×32 images.</summary>
    Cifar,
}
