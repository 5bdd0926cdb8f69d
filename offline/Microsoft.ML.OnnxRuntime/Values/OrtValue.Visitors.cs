namespace Microsoft.ML.OnnxRuntime;

public partial class OrtValue
{
    public delegate void SequenceElementVisitor(OrtValue ortValue, int index);

    public delegate void MapVisitor(OrtValue keys, OrtValue values);

    public void ProcessSequence(SequenceElementVisitor visitor, OrtAllocator allocator)
    {
        if (OnnxType != OnnxValueType.ONNX_TYPE_SEQUENCE)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"OrtValue.OnnxType of {OnnxType} is not a sequence");
        for (int i = 0, count = GetValueCount(); i < count; i++)
        {
            using var element = GetValue(i, allocator);
            visitor(element, i);
        }
    }

    public void ProcessMap(MapVisitor visitor, OrtAllocator allocator)
    {
        if (OnnxType != OnnxValueType.ONNX_TYPE_MAP)
            throw new OnnxRuntimeException(ErrorCode.InvalidArgument, "This OrtValue does not represent a map");
        using OrtValue keys = GetValue(0, allocator), values = GetValue(1, allocator);
        visitor(keys, values);
    }
}
