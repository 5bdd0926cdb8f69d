using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A tensor's element type and dimensions; an unknown dimension is -1.</summary>
public readonly struct OrtTensorTypeAndShapeInfo
{
    internal unsafe OrtTensorTypeAndShapeInfo(nint info)
    {
        ElementDataType = (TensorElementType)Native.Get(Function.GetTensorElementType, info);
        int rank = (int)Native.Get(Function.GetDimensionsCount, info);
        Shape = new long[rank];
        var names = new nint[rank];
        fixed (long* shape = Shape) Native.Do(Function.GetDimensions, info, (nint)shape, rank);
        fixed (nint* name = names) Native.Do(Function.GetSymbolicDimensions, info, (nint)name, rank);
        SymbolicDimensions = Array.ConvertAll(names, Marshal.PtrToStringUTF8);
        // Asking the library for the count of a shape with unknown dimensions fails.
        ElementCount = Array.Exists(Shape, d => d < 0) ? -1 : Native.Get(Function.GetTensorShapeElementCount, info);
    }

    public TensorElementType ElementDataType { get; }

    public bool IsString => ElementDataType == TensorElementType.String;

    public long ElementCount { get; }

    public int DimensionsCount => Shape.Length;

    public string[] SymbolicDimensions { get; }

    public long[] Shape { get; }
}
