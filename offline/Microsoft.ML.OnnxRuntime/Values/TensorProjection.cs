using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Native tensors over managed ones.</summary>
internal static class TensorProjection
{
    public static OrtValue Create(object tensor, TensorElementType expected, string what)
    {
        if (tensor is not TensorBase known)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"NamedOnnxValue contains: {tensor?.GetType()}, expecting a Tensor<T>");
        var type = known.GetTypeInfo()?.ElementType;
        if (type != expected) throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"{what}: {type} metadata expected: {expected}");
        return known switch
        {
            Tensor<float> t => Over(t),
            Tensor<string> t => OrtValue.CreateFromStringTensor(t),
            Tensor<long> t => Over(t),
            Tensor<int> t => Over(t),
            Tensor<double> t => Over(t),
            Tensor<bool> t => Over(t),
            Tensor<byte> t => Over(t),
            Tensor<sbyte> t => Over(t),
            Tensor<short> t => Over(t),
            Tensor<ushort> t => Over(t),
            Tensor<uint> t => Over(t),
            Tensor<ulong> t => Over(t),
            Tensor<Float16> t => Over(t),
            Tensor<BFloat16> t => Over(t),
            _ => throw new NotSupportedException("Element type: " + type + " is not of a supported type"),
        };
    }

    private static OrtValue Over<T>(Tensor<T> tensor)
    {
        if (tensor.IsReversedStride) throw new NotSupportedException("Tensor of reverseStride is not supported");
        var dense = tensor as DenseTensor<T> ?? tensor.ToDenseTensor();
        return OrtValue.Pinned(dense.Buffer, dense.Dimensions);
    }
}
