using ResNet.Core;

namespace ResNet.MLNet.Training;

/// <summary>Collects images in memory: a byte a value as long as all are whole numbers in 0..255 (which loses
/// nothing), four bytes a value otherwise. One array an image, so that the whole may be larger than 2 GiB.</summary>
internal sealed class PixelCache(ImageShape shape)
{
    private readonly List<int> _labels = [];
    private List<byte[]>? _bytes = [];
    private List<float[]> _floats = [];

    public ImageShape Shape => shape;

    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Whether a value takes one byte.</summary>
    public bool IsBytes => _bytes is not null;

    /// <summary>The smallest and the largest value of all images.</summary>
    public (float Low, float High) Range { get; private set; } = (float.PositiveInfinity, float.NegativeInfinity);

    public void Add(ReadOnlySpan<float> pixels, int label)
    {
        _labels.Add(label);
        var (low, high) = Range;
        var whole = _bytes is null ? null : new byte[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = pixels[i];
            low = Math.Min(low, value);
            high = Math.Max(high, value);
            if (whole is null) continue;
            whole[i] = (byte)Math.Clamp(value, 0, 255);
            if (whole[i] != value) whole = null;
        }
        Range = (low, high);

        if (whole is null && _bytes is not null)
        {
            _floats = [.. _bytes.Select(image => Array.ConvertAll(image, value => (float)value))];
            _bytes = null;
        }
        if (_bytes is null) _floats.Add(pixels.ToArray());
        else _bytes.Add(whole!);
    }

    /// <summary>The images as a dataset; it shares this cache's arrays.</summary>
    public InMemoryImageDataset ToDataset(int classes) => _bytes is not null
        ? new(_bytes.Select(image => (ReadOnlyMemory<byte>)image), [.. _labels], shape.Channels, shape.Height, shape.Width, classes)
        : new(_floats.Select(image => (ReadOnlyMemory<float>)image), [.. _labels], shape.Channels, shape.Height, shape.Width, classes);
}
