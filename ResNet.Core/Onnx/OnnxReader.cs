using System.Collections.Immutable;
using Google.Protobuf;
using ResNet.Core.Onnx;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Walks through the fields of a ModelProto and takes only the metadata or the initializers, so that what a file makes
/// it allocate stays near the file's size.
/// </summary>
internal static class OnnxReader
{
    /// <summary>The longest metadata read, all entries together, in characters.</summary>
    private const int LongestMetadata = 16 << 20;

    private const int RecursionLimit = 32;

    /// <summary>The metadata_props. Stops before the graph once the entry that makes a file ours has come.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(Stream stream)
    {
        using var input = Open(stream);
        var entries = new Dictionary<string, string>();
        var length = 0L;
        while (input.ReadTag() is var tag && tag != 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            if (field == ModelProto.GraphFieldNumber && entries.ContainsKey(OnnxMetadata.Specification))
            {
                break;
            }

            if (field != ModelProto.MetadataPropsFieldNumber)
            {
                input.SkipLastField();
                continue;
            }

            Expect(tag, WireFormat.WireType.LengthDelimited);
            var entry = new StringStringEntryProto();
            input.ReadMessage(entry);
            length += entry.Key.Length + entry.Value.Length;
            if (length > LongestMetadata || entries.Count > 1000)
            {
                throw new InvalidDataException($"the metadata are longer than {LongestMetadata} characters or 1000 entries.");
            }

            entries[entry.Key] = entry.Value;
        }

        return entries;
    }

    /// <summary>The graph's initializers, in order.</summary>
    public static StateDict Weights(Stream stream)
    {
        using var input = Open(stream);
        var weights = new OrderedDictionary<string, WeightTensor>();
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) != ModelProto.GraphFieldNumber)
            {
                input.SkipLastField();
                continue;
            }

            Expect(tag, WireFormat.WireType.LengthDelimited);
            var end = input.ReadLength() + input.Position;
            while (input.Position < end)
            {
                ReadGraphField(input, weights);
            }

            if (input.Position != end)
            {
                throw new InvalidDataException("the graph ends in the middle of a field; the file is damaged.");
            }
        }

        return new(weights);
    }

    private static void ReadGraphField(CodedInputStream input, OrderedDictionary<string, WeightTensor> weights)
    {
        var tag = input.ReadTag();
        if (tag == 0)
        {
            throw new EndOfStreamException("it ends in the middle of the graph.");
        }

        if (WireFormat.GetTagFieldNumber(tag) != GraphProto.InitializerFieldNumber)
        {
            input.SkipLastField();
            return;
        }

        Expect(tag, WireFormat.WireType.LengthDelimited);
        var tensor = new TensorProto();
        input.ReadMessage(tensor);
        if (!weights.TryAdd(tensor.Name, Weight(tensor)))
        {
            throw new InvalidDataException($"there are two initializers named '{tensor.Name}'.");
        }
    }

    private static WeightTensor Weight(TensorProto tensor)
    {
        if (tensor.Name.Length == 0)
        {
            throw new InvalidDataException("there is an initializer without a name.");
        }

        if (tensor.DataType != (int)TensorProto.Types.DataType.Float || !tensor.HasRawData)
        {
            throw new InvalidDataException(
                $"the initializer '{tensor.Name}' is not float32 stored as raw data in the file itself. Quantized or converted files cannot be read back; use the file as it was exported.");
        }

        try
        {
            return new(ScalarType.Float32, [.. tensor.Dims], tensor.RawData.Memory);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"the initializer '{tensor.Name}' is damaged: {error.Message}", error);
        }
    }

    private static CodedInputStream Open(Stream stream) => CodedInputStream.CreateWithLimits(stream, int.MaxValue, RecursionLimit);

    private static void Expect(uint tag, WireFormat.WireType type)
    {
        if (WireFormat.GetTagWireType(tag) != type)
        {
            throw new InvalidDataException($"field {WireFormat.GetTagFieldNumber(tag)} is of the wrong kind; it is no ONNX file, or a damaged one.");
        }
    }
}
