namespace ResNet.Core;

/// <summary>The residual function F(x) of a block (He et al. 2015, figure 5).</summary>
public enum BlockKind
{
    /// <summary>Two 3×3 convolutions (ResNet-18, -34 and the CIFAR networks). Expansion 1.</summary>
    Basic,

    /// <summary>1×1 reduce, 3×3, 1×1 expand (ResNet-50, -101, -152). Expansion 4.</summary>
    Bottleneck,
}
