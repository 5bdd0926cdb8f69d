using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// The safetensors format (huggingface/safetensors): the header's length, the header in JSON, the tensors' bytes.
/// Nothing in such a file can run. Methods may be called from several threads.
/// </summary>
public static class Safetensors
{
    private static readonly ImmutableArray<(string Name, ScalarType Type)> Types =
    [
        ("F32", ScalarType.Float32), ("F16", ScalarType.Float16), ("BF16", ScalarType.BFloat16), ("F64", ScalarType.Float64),
        ("I64", ScalarType.Int64), ("I32", ScalarType.Int32), ("I16", ScalarType.Int16), ("I8", ScalarType.Int8),
        ("U8", ScalarType.Byte), ("BOOL", ScalarType.Bool),
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name does not matter.</param>
    /// <returns>The weights in the header's order; <c>__metadata__</c> becomes <see cref="StateDict.Metadata"/>.</returns>
    /// <exception cref="InvalidDataException">It is no safetensors file, or damaged, or has a type that weights here cannot have.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StateDict Read(string path) => Read(FileBytes.Read(path), path);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="stream">Read from its position to its end; it stays open.</param>
    /// <param name="name">What errors call it.</param>
    public static StateDict Read(Stream stream, string name) => Read(FileBytes.Read(stream, name), name);

    /// <summary>Writes a file that every safetensors reader takes: values aligned to their size, no holes.</summary>
    /// <param name="path">Replaced if it exists.</param>
    /// <param name="weights">The weights; their metadata is written, too.</param>
    /// <exception cref="ArgumentException">A weight is named <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, StateDict weights)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = File.Create(path);
        Write(stream, weights);
    }

    /// <inheritdoc cref="Write(string, StateDict)"/>
    /// <param name="stream">Written from its position on; it stays open.</param>
    /// <param name="weights">The weights; their metadata is written, too.</param>
    public static void Write(Stream stream, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.ContainsKey("__metadata__"))
        {
            throw new ArgumentException("A weight cannot be named __metadata__ in safetensors.", nameof(weights));
        }

        // Wide types first, so that every value is aligned; the header keeps the order of the weights.
        var layout = weights.OrderByDescending(entry => ElementTypes.Size(entry.Value.Type)).ToArray();
        var begin = new Dictionary<string, long>(StringComparer.Ordinal);
        var end = 0L;
        foreach (var (name, tensor) in layout)
        {
            begin.Add(name, end);
            end += tensor.Data.Length;
        }

        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            if (weights.Metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, text) in weights.Metadata)
                {
                    json.WriteString(key, text);
                }

                json.WriteEndObject();
            }

            foreach (var (name, tensor) in weights)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", Types.First(known => known.Type == tensor.Type).Name);
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin[name]);
                json.WriteNumberValue(begin[name] + tensor.Data.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces after the header align the data to 8 bytes.
        header.Write("        "u8[..(int)(-header.Length & 7)]);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
        foreach (var (_, tensor) in layout)
        {
            stream.Write(tensor.Data.Span);
        }
    }

    /// <summary>Whether the bytes start as such a file does.</summary>
    internal static bool Recognize(ReadOnlySpan<byte> data) =>
        data.Length > 9 && BinaryPrimitives.ReadUInt64LittleEndian(data) <= (ulong)data.Length && data[8] == '{';

    internal static StateDict Read(ReadOnlyMemory<byte> data, string name)
    {
        var file = new ByteCursor(data, name);
        var header = file.Bytes(file.Int64("the header's length"), "the header");
        var tensors = file.Bytes(file.Remaining, "the data");
        try
        {
            using var json = JsonDocument.Parse(header);
            return new SafetensorsHeader(file, tensors, Types).Read(json.RootElement);
        }
        catch (JsonException error)
        {
            throw file.Invalid($"the safetensors header is no JSON: {error.Message}");
        }
    }
}
