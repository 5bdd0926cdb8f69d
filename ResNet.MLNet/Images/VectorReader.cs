using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

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
        // ExtractPixels gives zeros that are not stored for a row without an image; those of a black image are.
        if (!_vector.IsDense && _vector.GetValues().IsEmpty && Row.Schema.Any(other => other.Type is ImageDataViewType))
            throw Bad("holds no pixels: the row had no image. Drop such rows.");
        return Shape!.Value;
    }

    protected override void Copy(Span<float> pixels)
    {
        if (_vector.Length != _values.Length) throw Bad($"has {_vector.Length} values, but {Shape} has {_values.Length}.");
        _vector.CopyTo(_values);
        var (channels, height, width) = Shape!.Value;
        var plane = height * width;
        for (var c = 0; c < channels; c++)
            for (var i = 0; i < plane; i++)
                pixels[c * plane + i] = float.CreateTruncating(_values[Column.Interleaved ? i * channels + c : c * plane + i]);
    }
}
