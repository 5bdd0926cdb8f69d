namespace ResNet.Core;

/// <summary>How an image's values follow each other.</summary>
public enum PixelLayout
{
    /// <summary>Channel by channel, N×C×H×W: as torch has it, and ML.NET's ExtractPixels.</summary>
    Planar,

    /// <summary>Pixel by pixel, N×H×W×C: as image files and ExtractPixels with interleaved colours have it.</summary>
    Interleaved,
}
