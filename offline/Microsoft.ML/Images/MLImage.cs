using System.Buffers;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Data;

/// <summary>A picture in memory, 4 bytes a pixel, colours multiplied by alpha. Its members throw once it is disposed.</summary>
public sealed partial class MLImage : IDisposable
{
    private readonly int _width, _height;
    private readonly MLPixelFormat _format;
    // Rented, larger than the image mostly: pictures of one size come by the thousand, and fresh large arrays cost more than they.
    private byte[] _pixels;
    private string _tag;

    private MLImage(byte[] pixels, int width, int height, MLPixelFormat format, bool opaque) =>
        (_pixels, _width, _height, _format, IsOpaque) = (pixels, width, height, format, opaque);

    public static MLImage CreateFromStream(Stream imageStream)
    {
        ArgumentNullException.ThrowIfNull(imageStream);
        // The image takes the stream over, as ML.NET's does: it is read to its end and closed.
        using (imageStream)
        {
            var copy = new MemoryStream();
            imageStream.CopyTo(copy);
            return CreateFromBytes(copy.GetBuffer().AsSpan(0, (int)copy.Length));
        }
    }

    /// <summary>What <see cref="CreateFromStream"/> makes of a stream of these bytes.</summary>
    internal static MLImage CreateFromBytes(ReadOnlySpan<byte> file) => Decode(file) ?? throw new ArgumentException("Invalid input stream contents", "imageStream");

    public static MLImage CreateFromFile(string imagePath)
    {
        ArgumentNullException.ThrowIfNull(imagePath);
        return (File.Exists(imagePath) ? Decode(File.ReadAllBytes(imagePath)) : null) ?? throw new ArgumentException("Invalid path", nameof(imagePath));
    }

    public static MLImage CreateFromPixels(int width, int height, MLPixelFormat pixelFormat, ReadOnlySpan<byte> imagePixelData)
    {
        if (pixelFormat is not (MLPixelFormat.Bgra32 or MLPixelFormat.Rgba32)) throw new ArgumentException("Unsupported pixel format", nameof(pixelFormat));
        if (width <= 0) throw new ArgumentException("Invalid width value.", nameof(width));
        if (height <= 0) throw new ArgumentException("Invalid height value.", nameof(height));
        if (imagePixelData.Length != 4L * width * height) throw new ArgumentException($"Invalid {nameof(imagePixelData)} buffer size.");
        var pixels = Rent(width, height);
        imagePixelData.CopyTo(pixels);
        return new MLImage(pixels, width, height, pixelFormat, opaque: false);
    }

    private static MLImage Decode(ReadOnlySpan<byte> file)
    {
        var pixels = ImageDecoder.Decode(file, out int width, out int height, out bool opaque);
        return pixels == null ? null : new MLImage(pixels, width, height, MLPixelFormat.Bgra32, opaque);
    }

    /// <summary>Whether the file had no transparency; alpha then is not written when the image is saved.</summary>
    internal bool IsOpaque { get; }

    public int Width => Alive()._width;

    public int Height => Alive()._height;

    public int BitsPerPixel => Pixels.Length / _width / _height * 8;

    public MLPixelFormat PixelFormat => Alive()._format;

    public ReadOnlySpan<byte> Pixels => Alive()._pixels.AsSpan(0, 4 * _width * _height);

    public string Tag
    {
        get => Alive()._tag;
        set => Alive()._tag = value;
    }

    public byte[] GetBGRPixels
    {
        get
        {
            var bgra = MemoryMarshal.Cast<byte, uint>(Straight(MLPixelFormat.Bgra32));
            var result = new byte[3 * bgra.Length];
            for (int i = 0, at = 0; i < bgra.Length; i++, at += 3)
                (result[at], result[at + 1], result[at + 2]) = ((byte)bgra[i], (byte)(bgra[i] >> 8), (byte)(bgra[i] >> 16));
            return result;
        }
    }

    public void Save(string imagePath) => ImageEncoder.Save(imagePath, Alive());

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pixels, null) is { Length: <= MaxPooled } pixels) ArrayPool<byte>.Shared.Return(pixels);
    }

    /// <summary>Larger ones are too rare to be kept for the next.</summary>
    private const int MaxPooled = 1 << 26;

    internal static byte[] Rent(int width, int height)
    {
        int length = checked(4 * width * height);
        return length <= MaxPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
    }

    private MLImage Alive() => _pixels != null ? this : throw new InvalidOperationException("Object is disposed.");
}
