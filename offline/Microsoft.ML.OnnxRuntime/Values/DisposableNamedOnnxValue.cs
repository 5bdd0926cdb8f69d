using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A result of a run: tensors lie in native memory until it is disposed; sequences and maps are copies.</summary>
public class DisposableNamedOnnxValue : NamedOnnxValue, IDisposable
{
    private readonly OrtValue _native;

    private DisposableNamedOnnxValue(string name, object value, OrtValue native, TensorElementType elementType)
        : base(name, value, native.OnnxType) => (_native, ElementType) = (native, elementType);

    /// <summary>Of a tensor; <see cref="TensorElementType.DataTypeMax"/> otherwise.</summary>
    public TensorElementType ElementType { get; }

    /// <summary>Takes the value over.</summary>
    internal static DisposableNamedOnnxValue Create(string name, OrtValue native)
    {
        try
        {
            var type = native.IsTensor ? native.GetTensorTypeAndShape().ElementDataType : TensorElementType.DataTypeMax;
            return new(name, ManagedValue.Of(native), native, type);
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        (Value as IDisposable)?.Dispose();
        _native.Dispose();
    }

    internal override OrtValue ToOrtValue(NodeMetadata metadata, out bool owned)
    {
        owned = false;
        return _native;
    }
}
