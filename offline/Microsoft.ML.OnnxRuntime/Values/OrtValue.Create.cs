using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

public partial class OrtValue
{
    /// <summary>A tensor over memory that the caller keeps alive and in place.</summary>
    public static OrtValue CreateTensorValueWithData(OrtMemoryInfo memInfo, TensorElementType elementType, long[] shape, IntPtr dataBufferPtr, long bufferLengthInBytes)
    {
        var element = TensorBase.GetElementTypeInfo(elementType)
            ?? throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Tensor element type: {elementType} is not supported");
        RefuseStrings(element.IsString);
        long size = SizeOf(shape), needed = size * element.TypeSize;
        if (needed > bufferLengthInBytes)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument,
                $"Shape: {shape} has: {size} elements requires a buffer of at least {needed} bytes. Provided: {bufferLengthInBytes} bytes");
        return new(Over(memInfo, dataBufferPtr, bufferLengthInBytes, shape, elementType), OnnxValueType.ONNX_TYPE_TENSOR);
    }

    /// <summary>A tensor over managed memory, pinned while the value lives.</summary>
    public static unsafe OrtValue CreateTensorValueFromMemory<T>(OrtMemoryInfo memoryInfo, Memory<T> memory, long[] shape) where T : unmanaged
    {
        var element = TensorBase.GetTypeInfo(typeof(T))
            ?? throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Tensor of type: {typeof(T)} is not supported");
        long size = SizeOf(shape);
        if (size > memory.Length)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Managed memory size: {memory.Length} elements is less than shape size: {size} elements");
        return Pinned(memoryInfo, memory, shape, element);
    }

    public static OrtValue CreateTensorValueFromMemory<T>(T[] data, long[] shape) where T : unmanaged =>
        CreateTensorValueFromMemory<T>(OrtMemoryInfo.DefaultInstance, data, shape);

    /// <summary>A tensor in memory of its own, to be filled through <see cref="GetTensorMutableDataAsSpan"/>.</summary>
    public static unsafe OrtValue CreateAllocatedTensorValue(OrtAllocator allocator, TensorElementType elementType, long[] shape)
    {
        fixed (long* dimensions = shape)
            return new(Native.Get(Function.CreateTensorAsOrtValue, allocator.Pointer, (nint)dimensions, shape.Length, (nint)elementType), OnnxValueType.ONNX_TYPE_TENSOR);
    }

    /// <summary>A sequence that takes the values over: on success the collection is empty.</summary>
    public static unsafe OrtValue CreateSequence(ICollection<OrtValue> ortValues)
    {
        ArgumentNullException.ThrowIfNull(ortValues);
        if (ortValues.IsReadOnly) throw new ArgumentException("ortValues argument can not be a readonly collection");
        var sequence = Compose(ortValues, OnnxValueType.ONNX_TYPE_SEQUENCE);
        ortValues.Clear();
        return sequence;
    }

    /// <summary>A map that takes keys and values over: on success both variables are null.</summary>
    public static OrtValue CreateMap(ref OrtValue keys, ref OrtValue values)
    {
        if (keys is null || values is null) throw new ArgumentNullException("keys or/and values are null");
        var map = Compose([keys, values], OnnxValueType.ONNX_TYPE_MAP);
        keys = values = null;
        return map;
    }

    internal static OrtValue Pinned<T>(Memory<T> memory, ReadOnlySpan<int> dimensions)
    {
        var shape = new long[dimensions.Length];
        for (int i = 0; i < shape.Length; i++) shape[i] = dimensions[i];
        return Pinned(OrtMemoryInfo.DefaultInstance, memory, shape, TensorBase.GetTypeInfo(typeof(T)));
    }

    private static unsafe OrtValue Pinned<T>(OrtMemoryInfo info, Memory<T> memory, long[] shape, TensorTypeInfo element)
    {
        var pin = memory.Pin();
        try
        {
            return new(Over(info, (nint)pin.Pointer, (long)memory.Length * element.TypeSize, shape, element.ElementType), OnnxValueType.ONNX_TYPE_TENSOR) { _pin = pin };
        }
        catch
        {
            pin.Dispose();
            throw;
        }
    }

    private static unsafe nint Over(OrtMemoryInfo info, nint data, long bytes, long[] shape, TensorElementType type)
    {
        fixed (long* dimensions = shape)
            return Native.Get(Function.CreateTensorWithDataAsOrtValue, info.Pointer, data, (nint)bytes, (nint)dimensions, shape.Length, (nint)type);
    }

    private static unsafe OrtValue Compose(ICollection<OrtValue> members, OnnxValueType type)
    {
        nint[] handles = [.. members.Select(m => m.Handle)];
        nint composed;
        fixed (nint* first = handles) composed = Native.Get(Function.CreateValue, (nint)first, handles.Length, (nint)type);
        return new(composed, type) { _members = [.. members] };
    }

    private static long SizeOf(long[] shape)
    {
        long size = 1;
        foreach (long dimension in shape)
            size = dimension >= 0 ? checked(size * dimension)
                : throw new ArgumentOutOfRangeException(nameof(shape), $"Shape must not have negative elements: {dimension}");
        return size;
    }

    private static void RefuseStrings(bool refuse)
    {
        if (refuse) throw new OnnxRuntimeException(ErrorCode.InvalidArgument, "Cannot map managed strings buffer to native OrtValue. Use string specific interfaces");
    }
}
