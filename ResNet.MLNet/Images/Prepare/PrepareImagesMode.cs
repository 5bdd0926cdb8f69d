namespace ResNet.MLNet;

/// <summary>How <see cref="PrepareImagesEstimator"/> resizes, and what a saved model then needs.</summary>
public enum PrepareImagesMode
{
    /// <summary>
    /// ML.NET's own transforms only: a saved model serves in any ML.NET app. Their resize is not torchvision's
    /// (high-quality sampling of the image library; <see cref="ResNet.Core.Interpolation"/> has no effect), so pixels differ a little.
    /// </summary>
    Stock,

    /// <summary>
    /// torchvision's and Pillow's resize, to the byte. An app that loads a saved model must reference ResNet.MLNet.
    /// </summary>
    Exact,
}
