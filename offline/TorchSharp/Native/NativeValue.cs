namespace TorchSharp;

internal enum ValueKind : long { None, Tensor, Int, Double, Bool, Ints, Doubles, Text, Tensors, Device, Generator }

/// <summary>One argument or result as the native side sees it; the same layout as its <c>Value</c>.</summary>
internal struct NativeValue
{
    internal ValueKind Kind;
    internal long Count;
    internal long Bits;

    internal readonly double Double => BitConverter.Int64BitsToDouble(Bits);
}
