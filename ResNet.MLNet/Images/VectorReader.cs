using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Images;

/// <summary>Reads images out of a vector column of Single or Byte.</summary>
internal sealed class VectorReader<T>(DataViewRow row, PixelColumn column) : PixelReader(row, column) where T : unmanaged, INumberBase<T>
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column.Column);
    private readonly T[] _values = new T[column.Shape!.Value.Size];
    private VBuffer<T> _vector;

    protected override ImageShape Load()
    {
        _getter(ref _vector);
        var shape = Shape!.Value;
        return _vector.Length == shape.Size ? shape : throw Bad($"has {_vector.Length} values, but {shape} has {shape.Size}.");
    }

    protected override void Copy(Span<float> pixels)
    {
        _vector.CopyTo(_values);
        var (channels, height, width) = Shape!.Value;
        var plane = height * width;
        for (var c = 0; c < channels; c++)
            for (var i = 0; i < plane; i++)
                pixels[c * plane + i] = float.CreateTruncating(_values[Column.Interleaved ? i * channels + c : c * plane + i]);
    }
}
