namespace ResNet.Core;

/// <summary>
/// How a grouped bottleneck is computed (Xie et al. 2017, figure 3). All forms have the same parameters and are the same
/// function, up to rounding; the grouped one is by far the fastest.
/// </summary>
public enum CardinalityForm
{
    /// <summary>One 1×1, one grouped 3×3 and one 1×1 convolution (figure 3c).</summary>
    Grouped,

    /// <summary>A 1×1 and a 3×3 convolution for each path, their outputs concatenated before one 1×1 (figure 3b).</summary>
    EarlyConcatenation,

    /// <summary>A 1×1, a 3×3 and a 1×1 convolution for each path, their outputs added up (figure 3a).</summary>
    SplitTransformAdd,
}
