using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>The element types that weights have, and the bytes that one element takes.</summary>
internal static class ElementTypes
{
    public static bool TrySize(ScalarType type, out int size)
    {
        size = type switch
        {
            ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
            ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
            ScalarType.Int32 or ScalarType.Float32 => 4,
            ScalarType.Int64 or ScalarType.Float64 => 8,
            _ => 0,
        };
        return size > 0;
    }

    public static int Size(ScalarType type) => TrySize(type, out var size) ? size : throw new ArgumentOutOfRangeException(nameof(type), type, null);
}
