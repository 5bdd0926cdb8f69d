using System.Runtime.InteropServices;
using ResNet.Core;

namespace ResNet.MLNet.Training;

/// <summary>Collects images: a byte a value where an image's are all whole numbers in 0..255 (which loses nothing), four bytes a value
/// otherwise; in memory as far as its budget goes, then in a temporary file. One array an image, so that the whole may be larger than 2 GiB.</summary>
internal sealed class PixelCache(ImageShape shape, PixelBudget budget) : IDisposable
{
    private readonly List<ClassShare[]> _labels = [];
    private readonly List<Image> _images = [];
    private readonly byte[] _whole = new byte[shape.Size];
    private PixelFile? _file;

    public ImageShape Shape => shape;

    /// <summary>The classes of each image.</summary>
    public IReadOnlyList<ClassShare[]> Labels => _labels;

    /// <summary>Whether a value of every image takes one byte.</summary>
    public bool IsBytes { get; private set; } = true;

    /// <summary>The smallest and the largest value of all images.</summary>
    public (float Low, float High) Range { get; private set; } = (float.PositiveInfinity, float.NegativeInfinity);

    /// <summary>Bytes of the images in memory.</summary>
    public long InMemory { get; private set; }

    /// <summary>Bytes of the images on disk.</summary>
    public long OnDisk { get; private set; }

    /// <exception cref="IOException">The disk cannot take what the memory may not.</exception>
    public void Add(ReadOnlySpan<float> pixels, ClassShare[] label)
    {
        var isBytes = Narrow(pixels);
        IsBytes &= isBytes;
        var values = isBytes ? _whole : MemoryMarshal.AsBytes(pixels);
        if (budget.TryTake(values.Length))
        {
            _images.Add(new(values.ToArray(), 0, isBytes));
            InMemory += values.Length;
        }
        else
        {
            _file ??= new(budget.Folder);
            _images.Add(new(null, _file.Append(values), isBytes));
            OnDisk += values.Length;
        }
        _labels.Add(label);
    }

    /// <summary>Writes an image's values: bytes where <see cref="IsBytes"/>, else floats. Several threads may do so at once.</summary>
    public void CopyTo(int number, Span<byte> target)
    {
        var image = _images[number];
        if (image.IsBytes == IsBytes)
        {
            if (image.Pixels is { } pixels) pixels.CopyTo(target);
            else _file!.Read(image.Offset, target);
            return;
        }
        var bytes = image.Pixels ?? new byte[shape.Size];
        if (image.Pixels is null) _file!.Read(image.Offset, bytes);
        var floats = MemoryMarshal.Cast<byte, float>(target);
        for (var i = 0; i < bytes.Length; i++) floats[i] = bytes[i];
    }

    /// <summary>The images as a dataset, valid as long as this cache is.</summary>
    public CachedImages ToDataset(ImageLabels labels) => new(this, labels);

    public void Dispose()
    {
        _images.Clear();
        _file?.Dispose();
    }

    // Whether bytes can hold the values; then they are in _whole. Extends the range.
    private bool Narrow(ReadOnlySpan<float> pixels)
    {
        var (low, high) = Range;
        var isBytes = true;
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = pixels[i];
            low = Math.Min(low, value);
            high = Math.Max(high, value);
            _whole[i] = (byte)Math.Clamp(value, 0, 255);
            isBytes &= _whole[i] == value;
        }
        Range = (low, high);
        return isBytes;
    }

    private readonly record struct Image(byte[]? Pixels, long Offset, bool IsBytes);
}
