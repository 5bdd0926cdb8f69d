using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>
/// A tensor, sequence or map in native memory, or a tensor over a caller's memory, which stays pinned until the value is
/// disposed. Spans that it hands out are valid until then.
/// </summary>
public partial class OrtValue : IDisposable
{
    private nint _handle;
    private MemoryHandle _pin;
    private DisposableList<OrtValue> _members;

    internal OrtValue(nint handle) : this(handle, (OnnxValueType)(int)Native.Get(Function.GetValueType, handle)) { }

    private OrtValue(nint handle, OnnxValueType type) => (_handle, OnnxType) = (handle, type);

    ~OrtValue() => Dispose(false);

    public OnnxValueType OnnxType { get; }

    public bool IsTensor => OnnxType == OnnxValueType.ONNX_TYPE_TENSOR;

    public bool IsSparseTensor => OnnxType == OnnxValueType.ONNX_TYPE_SPARSETENSOR;

    internal nint Handle => _handle;

    /// <summary>The elements of a sequence, or two: the keys and the values of a map.</summary>
    public int GetValueCount()
    {
        int count = (int)Native.Get(Function.GetValueCount, _handle);
        GC.KeepAlive(this);
        return count;
    }

    public OrtValue GetValue(int index, OrtAllocator allocator)
    {
        var value = new OrtValue(Native.Get(Function.GetValue, _handle, index, allocator.Pointer));
        GC.KeepAlive(this);
        return value;
    }

    public ReadOnlySpan<T> GetTensorDataAsSpan<T>() where T : unmanaged => Elements<T>();

    public Span<T> GetTensorMutableDataAsSpan<T>() where T : unmanaged => Elements<T>();

    public Span<byte> GetTensorMutableRawData() => Elements<byte>();

    public OrtTensorTypeAndShapeInfo GetTensorTypeAndShape()
    {
        if (!IsTensor && !IsSparseTensor)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"This OrtValue type contains: {OnnxType}, not a tensor or sparse tensor");
        nint info = Native.Get(Function.GetTensorTypeAndShape, _handle);
        try
        {
            return new(info);
        }
        finally
        {
            Native.Release(Function.ReleaseTensorTypeAndShapeInfo, info);
            GC.KeepAlive(this);
        }
    }

    public OrtMemoryInfo GetTensorMemoryInfo() => IsTensor || IsSparseTensor
        ? new(Native.Get(Function.GetTensorMemoryInfo, _handle), owned: false)
        : throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"This OrtValue type contains: {OnnxType}, not a tensor or sparse tensor");

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Native.Release(Function.ReleaseValue, Interlocked.Exchange(ref _handle, 0));
        _pin.Dispose();
        _pin = default;
        if (disposing) _members?.Dispose();
        _members = null;
    }

    private unsafe Span<T> Elements<T>() where T : unmanaged
    {
        if (!IsTensor) throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"This OrtValue type contains: {OnnxType}, not a tensor");
        var shape = GetTensorTypeAndShape();
        if (shape.IsString) throw new OnnxRuntimeException(ErrorCode.InvalidArgument, "Strings are not supported by this API");
        var element = TensorBase.GetElementTypeInfo(shape.ElementDataType)
            ?? throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Element type: {shape.ElementDataType} is not registered type.");
        if (typeof(T) != typeof(byte) && typeof(T) != element.TensorType)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Requested type: {typeof(T)} does not match the actual type: {element.TensorType}");
        if (shape.ElementCount == 0) return [];
        nint data = Native.Get(Function.GetTensorMutableData, _handle);
        GC.KeepAlive(this);
        return MemoryMarshal.Cast<byte, T>(new Span<byte>((void*)data, checked((int)(shape.ElementCount * element.TypeSize))));
    }
}
