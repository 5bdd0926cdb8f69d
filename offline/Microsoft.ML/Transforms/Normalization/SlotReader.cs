using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The values of a scalar or vector column, always as an array.</summary>
internal sealed class SlotReader<T>
{
    private readonly T[] _values;
    private readonly ValueGetter<T> _scalar;
    private readonly ValueGetter<VBuffer<T>> _vector;
    private VBuffer<T> _buffer;

    public SlotReader(DataViewRow row, DataViewSchema.Column column)
    {
        _values = new T[column.Type.ValueCount()];
        if (column.Type is VectorDataViewType) _vector = row.GetGetter<VBuffer<T>>(column);
        else _scalar = row.GetGetter<T>(column);
    }

    /// <summary>The current row's values; the array is the same every time.</summary>
    public T[] Read()
    {
        if (_scalar != null)
        {
            _scalar(ref _values[0]);
            return _values;
        }
        _vector(ref _buffer);
        Check.That(_buffer.Length == _values.Length);
        _buffer.CopyTo(_values);
        return _values;
    }
}
