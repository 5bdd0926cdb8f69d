namespace ResNet.Core;

/// <summary>The shortcut of a block whose input and output shapes may differ (He et al. 2015, section 4.1).</summary>
public enum ShortcutOption
{
    /// <summary>Subsampled identity, zeros for the added channels, half of them on each side: no parameters.</summary>
    A,

    /// <summary>1×1 convolution and batch norm where the shape changes, identity elsewhere: torchvision's.</summary>
    B,

    /// <summary>1×1 convolution and batch norm in every block.</summary>
    C,
}
