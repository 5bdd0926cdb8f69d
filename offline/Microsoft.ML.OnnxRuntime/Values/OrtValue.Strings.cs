using System.Text;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime;

public partial class OrtValue
{
    public static OrtValue CreateTensorWithEmptyStrings(OrtAllocator allocator, long[] shape) =>
        CreateAllocatedTensorValue(allocator, TensorElementType.String, shape);

    /// <summary>A copy of the strings in native memory.</summary>
    public static OrtValue CreateFromStringTensor(Tensor<string> tensor)
    {
        if (tensor == null) throw new OnnxRuntimeException(ErrorCode.InvalidArgument, "Expecting a valid string tensor");
        var value = CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [.. tensor.Dimensions.ToArray().Select(d => (long)d)]);
        try
        {
            for (int i = 0; i < tensor.Length; i++)
                value.StringTensorSetElementAt((tensor.GetValue(i) ?? throw new ArgumentNullException($"Tensor<string> contains null reference at index:{i}")).AsSpan(), i);
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }

    public void StringTensorSetElementAt(ReadOnlySpan<char> str, int index) => Encoding.UTF8.GetBytes(str, Resized(index, Encoding.UTF8.GetByteCount(str)));

    public void StringTensorSetElementAt(ReadOnlyMemory<char> rom, int index) => StringTensorSetElementAt(rom.Span, index);

    public void StringTensorSetElementAt(ReadOnlySpan<byte> utf8Bytes, int index) => utf8Bytes.CopyTo(Resized(index, utf8Bytes.Length));

    public string GetStringElement(int index) => Encoding.UTF8.GetString(GetStringElementAsSpan(index));

    public ReadOnlyMemory<char> GetStringElementAsMemory(int index) => GetStringElement(index).AsMemory();

    /// <summary>The element's UTF-8, valid as long as the value.</summary>
    public ReadOnlySpan<byte> GetStringElementAsSpan(int index)
    {
        int length = (int)Native.Get(Function.GetStringTensorElementLength, _handle, index);
        // The API hands out a string's memory only together with a new length: the old one changes nothing.
        return length == 0 ? [] : Resized(index, length);
    }

    public string[] GetStringTensorAsArray()
    {
        var shape = GetTensorTypeAndShape();
        if (!shape.IsString)
            throw new OnnxRuntimeException(ErrorCode.Fail,
                $"GetStringTensorAsArray() is only supported for string tensors. This OrtValue contains a {shape.ElementDataType} tensor.");
        var strings = new string[shape.ElementCount];
        for (int i = 0; i < strings.Length; i++) strings[i] = GetStringElement(i);
        return strings;
    }

    private unsafe Span<byte> Resized(int index, int length)
    {
        nint text = Native.Get(Function.GetResizedStringTensorElementBuffer, _handle, index, length);
        GC.KeepAlive(this);
        return new((void*)text, length);
    }
}
