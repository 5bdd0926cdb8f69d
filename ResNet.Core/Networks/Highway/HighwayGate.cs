namespace ResNet.Core;

/// <summary>How much of a highway layer's transform H(x) and of its input is let through: y = H(x)·T + x·C.</summary>
public enum HighwayGate
{
    /// <summary>T = sigmoid(convolution of x), learned; C = 1 − T (Srivastava et al. 2015).</summary>
    Learned,

    /// <summary>T = C = 1: y = H(x) + x. No parameters; the highway layer is a residual one.</summary>
    Open,
}
