using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements in row-major order, read and written in place.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private torch.Tensor? tensor;
    private T* first;
    private readonly long[] shape, strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        (shape, strides, contiguous) = (tensor.shape, tensor.stride(), tensor.is_contiguous());
        first = (T*)tensor.DataPointer();
        this.tensor = tensor;
    }

    public long Count => tensor?.NumberOfElements ?? 0;

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => first[Offset(indices)];
        set => first[Offset(indices)] = value;
    }

    public T[] ToArray()
    {
        var result = new T[Count];
        if (result.Length > 0) CopyTo(result.AsSpan());
        return result;
    }

    public Array ToNDArray()
    {
        if (shape.Length == 0) return ToArray();
        var result = Array.CreateInstance(typeof(T), shape);
        ref var start = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(result));
        if (Count > 0) CopyTo(MemoryMarshal.CreateSpan(ref start, (int)Count));
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        var count = Math.Min(array.Length - arrayIndex, Count - tensorIndex);
        if (contiguous) new ReadOnlySpan<T>(first + tensorIndex, (int)count).CopyTo(array[arrayIndex..]);
        else for (long i = 0; i < count; i++) array[arrayIndex + (int)i] = first[Flat(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        var count = (int)Math.Min(array.Length - arrayIndex, Count - tensorIndex);
        if (contiguous) array.Slice(arrayIndex, count).CopyTo(new Span<T>(first + tensorIndex, count));
        else for (long i = 0; i < count; i++) first[Flat(tensorIndex + i)] = array[arrayIndex + (int)i];
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0, n = Count; i < n; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Count == right.Count && left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && (first == other.first || this == other);

    public override int GetHashCode() => base.GetHashCode();

    public void Dispose()
    {
        tensor = null;
        first = null;
    }

    private T At(long i) => first[Flat(i)];

    private void CheckStart(long index)
    {
        if (index < 0 || index >= Count) throw new ArgumentOutOfRangeException(nameof(index));
    }

    private long Offset(long[] indices)
    {
        if (indices.Length == 1)
        {
            if (indices[0] >= Count) throw new IndexOutOfRangeException();
            return Flat(indices[0]);
        }
        long offset = 0;
        for (var d = 0; d < shape.Length; d++)
        {
            if (indices[d] < 0 || indices[d] >= shape[d]) throw new IndexOutOfRangeException($"{indices[d]} is outside dimension {d} of size {shape[d]}.");
            offset += indices[d] * strides[d];
        }
        return offset;
    }

    // From the place in row-major order to the place in memory.
    private long Flat(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (contiguous) return index;
        long offset = 0;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            (index, var place) = Math.DivRem(index, shape[d]);
            offset += place * strides[d];
        }
        return offset;
    }
}
