namespace ResNet.Core;

/// <summary>Where batch norm and ReLU stand in a residual block (He et al. 2016, "Identity Mappings", figure 4).</summary>
public enum ActivationOrder
{
    /// <summary>conv, norm, ReLU, conv, norm, addition, ReLU: the original of 2015 (figure 4a).</summary>
    PostActivation,

    /// <summary>conv, norm, ReLU, conv, addition, norm, ReLU (figure 4b).</summary>
    NormAfterAddition,

    /// <summary>conv, norm, ReLU, conv, norm, ReLU, addition (figure 4c).</summary>
    ReluBeforeAddition,

    /// <summary>ReLU, conv, norm, ReLU, conv, norm, addition (figure 4d); a last ReLU after the last block.</summary>
    ReluPreActivation,

    /// <summary>
    /// norm, ReLU, conv, norm, ReLU, conv, addition: ResNet v2 (figure 4e). No norm in the stem, a last norm and ReLU after the last
    /// block; the first block and those that change the shape activate their shortcut's input, too.
    /// </summary>
    PreActivation,
}
