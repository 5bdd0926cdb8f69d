using System.Text;

namespace ResNet.MLNet;

/// <summary>What an image file's structure says, without decoding it.</summary>
/// <param name="Problem">Why the file can't be used, in words that follow its name ("is empty"), or null.</param>
/// <param name="Orientation">
/// The EXIF orientation, 1 to 8; 1 is upright. ML.NET's <c>LoadImages</c> does not apply it; <c>LoadUprightImages</c> does.
/// </param>
/// <param name="Width">Width in pixels as stored, before the orientation is applied; 0 where the file does not say.</param>
/// <param name="Height">Height in pixels as stored, before the orientation is applied; 0 where the file does not say.</param>
public sealed record ImageFile(string? Problem, int Orientation = 1, int Width = 0, int Height = 0)
{
    /// <summary>Pillow's <c>MAX_IMAGE_PIXELS</c>: a quarter of a gigabyte of red, green and blue.</summary>
    public const long DefaultMaximumPixels = 89_478_485;

    // No photograph comes near; more would not fit an array with its neighbours' on other threads.
    private const long MaximumBytes = 1 << 28;

    /// <summary>
    /// Looks for what decoders forgive and models suffer from: a file that is no image, that breaks off (a decoder fills the
    /// missing part with gray), or whose header claims a size that would exhaust memory. Walks the container's segments; no
    /// pixel is decoded.
    /// </summary>
    /// <param name="path">A JPEG, PNG, GIF, BMP or WebP file.</param>
    /// <param name="maximumPixels">Width × height that are still accepted, at least 1. Default <see cref="DefaultMaximumPixels"/>.</param>
    public static ImageFile Inspect(string path, long maximumPixels = DefaultMaximumPixels)
    {
        try
        {
            var bytes = new FileInfo(path).Length;
            return bytes > MaximumBytes
                ? new($"has {bytes >> 20:N0} MB, more than the {MaximumBytes >> 20} MB that an image file may have")
                : Inspect(File.ReadAllBytes(path), maximumPixels);
        }
        catch (FileNotFoundException)
        {
            return new("does not exist");
        }
        catch (DirectoryNotFoundException)
        {
            return new("does not exist (nor does its folder)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new($"can't be read ({e.Message})");
        }
    }

    internal static ImageFile Inspect(ReadOnlySpan<byte> file, long maximumPixels = DefaultMaximumPixels)
    {
        var found = ImageContainer.Read(file);
        if (found.Problem is null && (found.Width < 1 || found.Height < 1))
            return found with { Problem = "is damaged (its header gives no width and height)" };
        return found.Problem is null && (long)found.Width * found.Height > maximumPixels
            ? found with { Problem = $"is {found.Width}×{found.Height}, {(long)found.Width * found.Height:N0} pixels, more than the {maximumPixels:N0} allowed (option MaximumPixels)" }
            : found;
    }

    internal static string Printable(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.Latin1.GetString(bytes).Select(c => c is >= ' ' and <= '~' ? c : '.'));
}
