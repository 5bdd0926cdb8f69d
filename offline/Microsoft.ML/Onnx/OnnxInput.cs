using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>A column of one row as the model's input; a single value is a tensor of one row and one column.</summary>
internal abstract class OnnxInput
{
    public static OnnxInput Create(DataViewRow row, DataViewSchema.Column column, int[] shape)
    {
        bool text = column.Type.ItemType() is TextDataViewType;
        if (column.Type is not VectorDataViewType vector)
            return text ? new Scalar<ReadOnlyMemory<char>, string>(row, column, t => t.ToString()) : Generic.Invoke<OnnxInput>(MakeScalar<int>, column.Type.RawType, row, column);
        return text
            ? new Vector<ReadOnlyMemory<char>, string>(row, column, shape, (values, copy) => { for (int i = 0; i < copy.Length; i++) copy[i] = values[i].ToString(); })
            : Generic.Invoke<OnnxInput>(MakeVector<int>, vector.ItemType.RawType, row, column, shape);
    }

    public abstract NamedOnnxValue Read();

    private static OnnxInput MakeScalar<T>(DataViewRow row, DataViewSchema.Column column) => new Scalar<T, T>(row, column, value => value);

    private static OnnxInput MakeVector<T>(DataViewRow row, DataViewSchema.Column column, int[] shape) =>
        new Vector<T, T>(row, column, shape, (values, copy) => values.CopyTo(copy));

    private sealed class Scalar<T, TElement>(DataViewRow row, DataViewSchema.Column column, Func<T, TElement> convert) : OnnxInput
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);

        public override NamedOnnxValue Read()
        {
            T value = default;
            _getter(ref value);
            return NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<TElement>(new[] { convert(value) }, [1, 1]));
        }
    }

    private delegate void Copy<T, TElement>(ReadOnlySpan<T> values, Span<TElement> copy);

    private sealed class Vector<T, TElement>(DataViewRow row, DataViewSchema.Column column, int[] shape, Copy<T, TElement> convert) : OnnxInput
    {
        private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
        private readonly List<int> _shape = [.. shape];
        private readonly int _known = shape.Where(d => d > 0).Aggregate(1, (a, b) => a * b);
        private VBuffer<T> _value, _dense;
        private TElement[] _copy = [];

        public override NamedOnnxValue Read()
        {
            _getter(ref _value);
            _value.CopyToDense(ref _dense);
            var values = _dense.GetValues();
            if (_copy.Length != values.Length) _copy = new TElement[values.Length];
            convert(values, _copy);
            // A column whose length varies decides the one unknown dimension; ML.NET fails where there is none.
            if (!column.Type.IsKnownSizeVector()) _shape[Array.IndexOf(shape, 0)] = values.Length / _known;
            return NamedOnnxValue.CreateFromTensor(column.Name, new DenseTensor<TElement>(_copy, CollectionsMarshal.AsSpan(_shape)));
        }
    }
}
