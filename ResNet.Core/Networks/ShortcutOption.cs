namespace ResNet.Core;

/// <summary>What is added to a block's residual function, where its input and output shapes may differ (He et al. 2015, section 4.1).</summary>
public enum ShortcutOption
{
    /// <summary>Subsampled identity, zeros for the added channels, half of them on each side: no parameters.</summary>
    A,

    /// <summary>
    /// 1×1 convolution and batch norm where the shape changes, identity elsewhere: torchvision's. No batch norm in
    /// <see cref="ActivationOrder.PreActivation"/> networks.
    /// </summary>
    B,

    /// <summary>1×1 convolution and batch norm in every block.</summary>
    C,

    /// <summary>Nothing: the blocks are plain layers, as in the paper's plain networks.</summary>
    None,
}
