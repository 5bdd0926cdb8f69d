namespace ResNet.Core;

/// <summary>How an image is resized. Both are Pillow's, antialiased: when shrinking, the kernel grows with the scale.</summary>
public enum Interpolation
{
    /// <summary>The triangle kernel, one source pixel to each side: torchvision's default.</summary>
    Bilinear,

    /// <summary>Keys' cubic kernel with a = −0.5, two source pixels to each side: what many timm weights are trained with.</summary>
    Bicubic,
}
