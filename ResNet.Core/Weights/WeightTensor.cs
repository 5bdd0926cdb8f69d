using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// One tensor of a weights file, in managed memory: element type, shape, and the elements' bytes in row-major order,
/// little-endian. Immutable, safe to share between threads.
/// </summary>
public sealed class WeightTensor
{
    /// <summary>Wraps the bytes without copying them.</summary>
    /// <param name="type">Element type: a float, an integer or bool. Complex numbers are no weights.</param>
    /// <param name="shape">Each at least 0; none for a scalar.</param>
    /// <param name="data">Exactly the elements. It must not change afterwards.</param>
    /// <exception cref="ArgumentException">The type has no weights, a size is negative, or the bytes are not as many as the shape says.</exception>
    public WeightTensor(ScalarType type, ImmutableArray<long> shape, ReadOnlyMemory<byte> data)
    {
        if (!ElementTypes.TrySize(type, out var size))
        {
            throw new ArgumentException($"Weights of type {type} are not supported.", nameof(type));
        }

        if (!TryByteCount(shape.AsSpan(), size, out var bytes) || bytes != data.Length)
        {
            throw new ArgumentException($"{data.Length} bytes are no [{string.Join(", ", shape)}] of {type}.", nameof(data));
        }

        Type = type;
        Shape = shape;
        Data = data;
    }

    /// <summary>Element type.</summary>
    public ScalarType Type { get; }

    /// <summary>Size of each dimension; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The elements in row-major order, little-endian.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Number of elements.</summary>
    public long NumberOfElements => Data.Length / ElementTypes.Size(Type);

    /// <summary>A copy of a tensor's values, wherever and in whatever layout it is.</summary>
    /// <exception cref="ArgumentException">The tensor's type has no weights, or it is larger than 2 GiB.</exception>
    public static WeightTensor Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        using var detached = no_grad();
        return new(tensor.dtype, [.. tensor.shape], tensor.cpu().contiguous().bytes.ToArray());
    }

    /// <summary>A new CPU tensor with a copy of the values; the caller owns it.</summary>
    public Tensor ToTensor()
    {
        var tensor = empty(Shape.ToArray(), dtype: Type);
        Data.Span.CopyTo(tensor.bytes);
        return tensor;
    }

    /// <summary>Whether no element is infinite or NaN; always true for integers and bool.</summary>
    public bool IsFinite() => Type switch
    {
        // A number is infinite or NaN where every bit of its exponent is set.
        ScalarType.Float16 => HasNoExponent<ushort>(0x7c00),
        ScalarType.BFloat16 => HasNoExponent<ushort>(0x7f80),
        ScalarType.Float32 => HasNoExponent(0x7f80_0000u),
        ScalarType.Float64 => HasNoExponent(0x7ff0_0000_0000_0000UL),
        _ => true,
    };

    /// <summary>"Float32 [64, 3, 7, 7]".</summary>
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";

    /// <summary>The bytes that a shape takes; false where a size is negative or the product leaves the range of long.</summary>
    internal static bool TryByteCount(ReadOnlySpan<long> shape, int elementSize, out long bytes)
    {
        // A size of 0 makes the product 0 whatever the others are, but not one that overflows before it is met.
        Int128 product = elementSize;
        var empty = false;
        bytes = 0;
        foreach (var size in shape)
        {
            product *= size;
            empty |= size == 0;
            if (size < 0 || product > long.MaxValue)
            {
                return false;
            }

            product = Int128.Max(product, 1);
        }

        bytes = empty ? 0 : (long)product;
        return true;
    }

    private bool HasNoExponent<T>(T bits)
        where T : unmanaged, IBinaryInteger<T>
    {
        foreach (var value in MemoryMarshal.Cast<byte, T>(Data.Span))
        {
            if ((value & bits) == bits)
            {
                return false;
            }
        }

        return true;
    }
}
