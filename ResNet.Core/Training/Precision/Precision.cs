namespace ResNet.Core;

/// <summary>In which numbers the maps of a training step are computed. Weights, their gradients and the optimiser's state are float32 in any case.</summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>
    /// bfloat16 maps and convolutions, as under PyTorch's <c>autocast</c>: half the memory, and faster on hardware that multiplies
    /// bfloat16 (NVIDIA GPUs from Ampere on, CPUs with AMX or AVX512-BF16); slower elsewhere. The loss needs no scaling, since the range
    /// is float32's. Validation stays in float32, in which the model will serve.
    /// </summary>
    BFloat16,

    /// <summary>
    /// Whichever is faster here: a training step is timed in both before the first epoch, and bfloat16 taken where it is faster by a
    /// tenth or more. The clock decides, so two runs may differ in their bits.
    /// </summary>
    Fastest,
}
