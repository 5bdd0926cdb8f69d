using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which .NET type holds an element of which dtype.</summary>
internal static class Elements
{
    internal static bool TryDtype(Type type, out ScalarType dtype)
    {
        ScalarType? found = type == typeof(float) ? ScalarType.Float32
            : type == typeof(double) ? ScalarType.Float64
            : type == typeof(long) ? ScalarType.Int64
            : type == typeof(int) ? ScalarType.Int32
            : type == typeof(short) ? ScalarType.Int16
            : type == typeof(sbyte) ? ScalarType.Int8
            : type == typeof(byte) ? ScalarType.Byte
            : type == typeof(bool) ? ScalarType.Bool
            : type == typeof(Half) ? ScalarType.Float16
            : null;
        dtype = found.GetValueOrDefault();
        return found is not null;
    }

    internal static ScalarType Dtype(Type type) =>
        TryDtype(type, out var dtype) ? dtype : throw new NotSupportedException($"There is no tensor type for elements of type {type}.");
}
