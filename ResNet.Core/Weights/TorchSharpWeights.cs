using System.Collections.Immutable;
using System.Text;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// TorchSharp's own format, what <c>Module.save</c> writes and <c>Module.load</c> reads (usually <c>*.dat</c>): the number
/// of entries, then for each its name, type, shape and bytes; numbers in LEB128. Methods may be called from several threads.
/// </summary>
public static class TorchSharpWeights
{
    private const int MostDimensions = 64;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name does not matter.</param>
    /// <exception cref="InvalidDataException">It is no such file, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StateDict Read(string path) => Read(FileBytes.Read(path), path);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="stream">Read from its position to its end; it stays open.</param>
    /// <param name="name">What errors call it.</param>
    public static StateDict Read(Stream stream, string name) => Read(FileBytes.Read(stream, name), name);

    /// <summary>Writes a file, the same bytes as <c>Module.save</c>.</summary>
    /// <param name="path">Replaced if it exists.</param>
    /// <param name="weights">The weights; metadata has no place in this format.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, StateDict weights)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = File.Create(path);
        Write(stream, weights);
    }

    /// <inheritdoc cref="Write(string, StateDict)"/>
    /// <param name="stream">Written from its position on; it stays open.</param>
    /// <param name="weights">The weights; metadata has no place in this format.</param>
    public static void Write(Stream stream, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(weights);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write7BitEncodedInt64(weights.Count);
        foreach (var (name, tensor) in weights)
        {
            writer.Write(name);
            writer.Write7BitEncodedInt64((long)tensor.Type);
            writer.Write7BitEncodedInt64(tensor.Shape.Length);
            foreach (var size in tensor.Shape)
            {
                writer.Write7BitEncodedInt64(size);
            }

            writer.Write(tensor.Data.Span);
        }
    }

    /// <summary>Whether the bytes can start such a file. It has no signature: a count, a printable name, a known type, a shape.</summary>
    internal static bool Recognize(ReadOnlyMemory<byte> data)
    {
        try
        {
            var file = new ByteCursor(data, "");
            return file.Leb128("") > 0 && file.Text(file.Leb128(""), "") is { Length: > 0 and < 1000 } name && !name.Any(char.IsControl)
                && ElementTypes.TrySize((ScalarType)Math.Min(file.Leb128(""), sbyte.MaxValue), out _) && file.Leb128("") <= MostDimensions;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    internal static StateDict Read(ReadOnlyMemory<byte> data, string name)
    {
        var file = new ByteCursor(data, name);
        var tensors = new OrderedDictionary<string, WeightTensor>(StringComparer.Ordinal);
        var count = file.Leb128("the number of weights");
        for (var i = 0L; i < count; i++)
        {
            var key = file.Text(file.Leb128("the length of a name"), "a name");
            if (!tensors.TryAdd(key, Tensor(file, key)))
            {
                throw file.Invalid($"{key} comes twice.");
            }
        }

        return file.Remaining == 0
            ? new StateDict(tensors)
            : throw file.Invalid($"{file.Remaining} bytes follow the last of its {count} weights; it is damaged, or no TorchSharp file.");
    }

    private static WeightTensor Tensor(ByteCursor file, string key)
    {
        var type = file.Leb128($"the type of {key}");
        if (type > sbyte.MaxValue || !ElementTypes.TrySize((ScalarType)type, out var elementSize))
        {
            throw file.Invalid($"{key} has the unknown type {type}.");
        }

        var rank = file.Leb128($"the number of dimensions of {key}");
        if (rank > MostDimensions)
        {
            throw file.Invalid($"{key} has {rank} dimensions.");
        }

        var shape = ImmutableArray.CreateBuilder<long>((int)rank);
        for (var d = 0; d < rank; d++)
        {
            shape.Add(file.Leb128($"the shape of {key}"));
        }

        var sizes = shape.MoveToImmutable();
        return WeightTensor.TryByteCount(sizes.AsSpan(), elementSize, out var bytes)
            ? new((ScalarType)type, sizes, file.Bytes(bytes, $"{key} [{string.Join(", ", sizes)}]"))
            : throw file.Invalid($"{key} cannot have the shape [{string.Join(", ", sizes)}].");
    }
}
