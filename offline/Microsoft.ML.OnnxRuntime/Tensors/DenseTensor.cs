namespace Microsoft.ML.OnnxRuntime.Tensors;

/// <summary>A tensor over one piece of memory, its own or a caller's.</summary>
public class DenseTensor<T> : Tensor<T>
{
    public DenseTensor(int length) : base(length) => Buffer = new T[length];

    public DenseTensor(ReadOnlySpan<int> dimensions, bool reverseStride = false) : base(dimensions, reverseStride) => Buffer = new T[Length];

    public DenseTensor(Memory<T> memory, ReadOnlySpan<int> dimensions, bool reverseStride = false) : base(dimensions, reverseStride)
    {
        Buffer = memory;
        if (Length != memory.Length)
            throw new ArgumentException($"Length of {nameof(memory)} ({memory.Length}) must match product of {nameof(dimensions)} ({Length}).");
    }

    public Memory<T> Buffer { get; }

    public override T GetValue(int index) => Buffer.Span[index];

    public override void SetValue(int index, T value) => Buffer.Span[index] = value;

    public override Tensor<T> Clone() => new DenseTensor<T>(Buffer.ToArray(), Dimensions, IsReversedStride);

    public override Tensor<TResult> CloneEmpty<TResult>(ReadOnlySpan<int> dimensions) => new DenseTensor<TResult>(dimensions, IsReversedStride);

    public override Tensor<T> Reshape(ReadOnlySpan<int> dimensions)
    {
        long length = 1;
        foreach (int dimension in dimensions) length *= dimension;
        if (length != Length)
            throw new ArgumentException($"Cannot reshape array due to mismatch in lengths, currently {Length} would become {length}.", nameof(dimensions));
        return new DenseTensor<T>(Buffer, dimensions, IsReversedStride);
    }
}
