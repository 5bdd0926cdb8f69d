namespace ResNet.Core;

/// <summary>Peak signal-to-noise ratio: how close an image of bytes is to another. Thread-safe.</summary>
public static class PeakSignalToNoise
{
    /// <summary>10 · log₁₀(255² / mean squared difference), in dB; over all channels, nothing cut from the border.</summary>
    /// <param name="image">The image's bytes.</param>
    /// <param name="reference">The bytes of what it should be, as many.</param>
    /// <returns>dB, about 20 to 50 for enlarged photos; infinite where the images are equal.</returns>
    /// <exception cref="ArgumentException">The images are of different sizes, or empty.</exception>
    public static double Of(ReadOnlySpan<byte> image, ReadOnlySpan<byte> reference)
    {
        if (image.Length != reference.Length || image.IsEmpty)
        {
            throw new ArgumentException($"The images have {image.Length} and {reference.Length} bytes; they must have as many, and some.", nameof(image));
        }

        var sum = 0L;
        for (var i = 0; i < image.Length; i++)
        {
            var difference = image[i] - reference[i];
            sum += difference * difference;
        }

        return 10 * Math.Log10(255.0 * 255 * image.Length / sum);
    }
}
