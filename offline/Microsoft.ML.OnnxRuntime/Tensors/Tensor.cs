using System.Collections;

namespace Microsoft.ML.OnnxRuntime.Tensors;

/// <summary>Elements in a managed array of several dimensions; reversed strides mean that the first dimension is the innermost.</summary>
public abstract class Tensor<T> : TensorBase, IReadOnlyList<T>
{
    private readonly int[] _dimensions, _strides;

    protected Tensor(int length) : this([length], false) { }

    protected Tensor(ReadOnlySpan<int> dimensions, bool reverseStride) : base(typeof(T))
    {
        _dimensions = dimensions.ToArray();
        _strides = new int[dimensions.Length];
        IsReversedStride = reverseStride;
        long length = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            int at = reverseStride ? i : dimensions.Length - 1 - i;
            if (dimensions[at] < 0) throw new ArgumentOutOfRangeException(nameof(dimensions), "Dimensions must be non-negative");
            _strides[at] = (int)length;
            length *= dimensions[at];
        }
        Length = length;
    }

    public long Length { get; }

    public int Rank => _dimensions.Length;

    public bool IsReversedStride { get; }

    public bool IsFixedSize => true;

    public bool IsReadOnly => false;

    public ReadOnlySpan<int> Dimensions => _dimensions;

    public ReadOnlySpan<int> Strides => _strides;

    public virtual T this[params int[] indices]
    {
        get => this[(ReadOnlySpan<int>)indices];
        set => this[(ReadOnlySpan<int>)indices] = value;
    }

    public virtual T this[ReadOnlySpan<int> indices]
    {
        get => GetValue(Place(indices));
        set => SetValue(Place(indices), value);
    }

    int IReadOnlyCollection<T>.Count => (int)Length;

    T IReadOnlyList<T>.this[int index] => GetValue(index);

    /// <summary>The element at a place in memory.</summary>
    public abstract T GetValue(int index);

    public abstract void SetValue(int index, T value);

    public abstract Tensor<T> Clone();

    public abstract Tensor<TResult> CloneEmpty<TResult>(ReadOnlySpan<int> dimensions);

    /// <summary>The same elements under other dimensions, without a copy where possible.</summary>
    public abstract Tensor<T> Reshape(ReadOnlySpan<int> dimensions);

    public virtual DenseTensor<T> ToDenseTensor()
    {
        var copy = new DenseTensor<T>(_dimensions, IsReversedStride);
        for (int i = 0; i < Length; i++) copy.SetValue(i, GetValue(i));
        return copy;
    }

    public virtual void Fill(T value)
    {
        for (int i = 0; i < Length; i++) SetValue(i, value);
    }

    IEnumerator<T> IEnumerable<T>.GetEnumerator()
    {
        for (int i = 0; i < Length; i++) yield return GetValue(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    private int Place(ReadOnlySpan<int> indices)
    {
        int place = 0;
        for (int i = 0; i < indices.Length; i++) place += _strides[i] * indices[i];
        return place;
    }
}
