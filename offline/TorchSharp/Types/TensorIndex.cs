namespace TorchSharp;

internal enum IndexKind : long { None, Ellipsis, Bool, Single, Slice, Tensor }

/// <summary>One index as the native side sees it; the same layout as its <c>Index</c>.</summary>
internal struct NativeIndex
{
    internal const long Absent = long.MinValue;

    internal IndexKind Kind;
    internal long Start, Stop, Step;
    internal nint Tensor;
}

public static partial class torch
{
    public struct TensorIndex
    {
        public static TensorIndex Ellipsis = new(IndexKind.Ellipsis);
        public static TensorIndex None = new(IndexKind.None);
        public static TensorIndex Null = new(IndexKind.None);
        public static TensorIndex Colon = Slice();

        private readonly IndexKind kind;
        private readonly long? start, stop, step;
        private readonly Tensor? tensor;

        private TensorIndex(IndexKind kind, long? start = null, long? stop = null, long? step = null, Tensor? tensor = null) =>
            (this.kind, this.start, this.stop, this.step, this.tensor) = (kind, start, stop, step, tensor);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(IndexKind.Slice, start, stop, step);

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new(IndexKind.Bool, value ? 1 : 0);

        public static TensorIndex Single(long? index) => new(IndexKind.Single, index);

        public static TensorIndex Tensor(Tensor tensor) => new(IndexKind.Tensor, tensor: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        internal readonly Tensor? AsTensor => tensor;

        internal readonly NativeIndex ToNative() => new()
        {
            Kind = kind == IndexKind.Tensor && tensor is null ? IndexKind.None : kind,
            Start = start ?? (kind == IndexKind.Slice ? NativeIndex.Absent : 0),
            Stop = stop ?? NativeIndex.Absent,
            Step = step ?? NativeIndex.Absent,
            Tensor = tensor is null ? 0 : tensor.Handle,
        };
    }
}
