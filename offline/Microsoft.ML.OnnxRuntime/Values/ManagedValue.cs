using System.Reflection;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a native value looks like to .NET: tensors over the native memory, lists, dictionaries.</summary>
internal static class ManagedValue
{
    public static object Of(OrtValue value) => value.OnnxType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => Tensor(value),
        OnnxValueType.ONNX_TYPE_SEQUENCE => Sequence(value),
        OnnxValueType.ONNX_TYPE_MAP => Map(value),
        var type => throw new NotSupportedException($"OnnxValueType : {type} is not supported"),
    };

    private static object Tensor(OrtValue value)
    {
        var shape = value.GetTensorTypeAndShape();
        int[] dimensions = Array.ConvertAll(shape.Shape, Convert.ToInt32);
        return shape.ElementDataType switch
        {
            TensorElementType.String => new DenseTensor<string>(value.GetStringTensorAsArray(), dimensions),
            TensorElementType.Float => Tensor<float>(value, dimensions),
            TensorElementType.Double => Tensor<double>(value, dimensions),
            TensorElementType.Int64 => Tensor<long>(value, dimensions),
            TensorElementType.Int32 => Tensor<int>(value, dimensions),
            TensorElementType.Bool => Tensor<bool>(value, dimensions),
            TensorElementType.UInt8 => Tensor<byte>(value, dimensions),
            TensorElementType.Int8 => Tensor<sbyte>(value, dimensions),
            TensorElementType.Int16 => Tensor<short>(value, dimensions),
            TensorElementType.UInt16 => Tensor<ushort>(value, dimensions),
            TensorElementType.UInt32 => Tensor<uint>(value, dimensions),
            TensorElementType.UInt64 => Tensor<ulong>(value, dimensions),
            TensorElementType.Float16 => Tensor<Float16>(value, dimensions),
            TensorElementType.BFloat16 => Tensor<BFloat16>(value, dimensions),
            var type => throw new NotSupportedException($"Tensor of element type: {type} is not supported"),
        };
    }

    private static DenseTensor<T> Tensor<T>(OrtValue value, int[] dimensions) where T : unmanaged =>
        new(new NativeMemoryOf<T>(value).Memory, dimensions);

    private static DisposableList<DisposableNamedOnnxValue> Sequence(OrtValue value)
    {
        var items = new DisposableList<DisposableNamedOnnxValue>();
        try
        {
            for (int i = 0, count = value.GetValueCount(); i < count; i++)
                items.Add(DisposableNamedOnnxValue.Create("", value.GetValue(i, OrtAllocator.DefaultInstance)));
            return items;
        }
        catch
        {
            items.Dispose();
            throw;
        }
    }

    private static object Map(OrtValue value)
    {
        using OrtValue keys = value.GetValue(0, OrtAllocator.DefaultInstance), values = value.GetValue(1, OrtAllocator.DefaultInstance);
        object k = Tensor(keys), v = Tensor(values);
        return typeof(ManagedValue).GetMethod(nameof(Pair), BindingFlags.NonPublic | BindingFlags.Static)
            .MakeGenericMethod(k.GetType().GetGenericArguments()[0], v.GetType().GetGenericArguments()[0]).Invoke(null, [k, v]);
    }

    private static Dictionary<K, V> Pair<K, V>(DenseTensor<K> keys, DenseTensor<V> values) =>
        Enumerable.Range(0, (int)keys.Length).ToDictionary(keys.GetValue, values.GetValue);
}
