using System.Collections.Immutable;
using System.Text.Json;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Checks what a safetensors header says against the bytes that are there: known types, sizes that fit the shapes, and
/// ranges that cover the data without holes and overlaps, as the format asks.
/// </summary>
internal sealed class SafetensorsHeader(ByteCursor file, ReadOnlyMemory<byte> data, ImmutableArray<(string Name, ScalarType Type)> types)
{
    private readonly OrderedDictionary<string, WeightTensor> tensors = new(StringComparer.Ordinal);
    private readonly List<(long Begin, long End, string Name)> ranges = [];
    private Dictionary<string, string>? metadata;

    public StateDict Read(JsonElement root)
    {
        Require(root.ValueKind == JsonValueKind.Object, "the safetensors header is no JSON object.");
        foreach (var entry in root.EnumerateObject())
        {
            var name = Text(() => entry.Name);
            if (name == "__metadata__")
            {
                Require(metadata is null, "the safetensors header has __metadata__ twice.");
                metadata = Metadata(entry.Value);
            }
            else
            {
                Require(tensors.TryAdd(name, Tensor(name, entry.Value)), $"{name} comes twice in the safetensors header.");
            }
        }

        var next = 0L;
        foreach (var (begin, end, name) in ranges.OrderBy(range => range.Begin).ThenBy(range => range.End))
        {
            Require(begin == next, begin < next ? $"{name} overlaps another tensor." : $"{begin - next} bytes before {name} belong to no tensor.");
            next = end;
        }

        Require(next == data.Length, $"{data.Length - next} bytes after the last tensor belong to none.");
        return new StateDict(tensors, metadata);
    }

    private WeightTensor Tensor(string name, JsonElement entry)
    {
        Require(entry.ValueKind == JsonValueKind.Object, $"{name} is no object in the safetensors header.");
        var dtype = entry.TryGetProperty("dtype", out var text) && text.ValueKind == JsonValueKind.String ? Text(() => text.GetString()!) : "nothing";
        var type = types.FirstOrDefault(known => known.Name == dtype);
        Require(type.Name is not null, $"{name} has dtype {dtype}; supported are {string.Join(", ", types.Select(known => known.Name))}.");

        var shape = Numbers(name, entry, "shape");
        var offsets = Numbers(name, entry, "data_offsets");
        Require(offsets.Length == 2, $"data_offsets of {name} should be two numbers.");
        var (begin, end) = (offsets[0], offsets[1]);
        Require(begin <= end && end <= data.Length, $"{name} should lie at {begin}..{end} of the {data.Length} bytes of data; the file is cut off or damaged.");
        Require(WeightTensor.TryByteCount(shape.AsSpan(), ElementTypes.Size(type.Type), out var bytes) && bytes == end - begin,
            $"{name} has {end - begin} bytes, which are no [{string.Join(", ", shape)}] of {dtype}.");
        if (bytes > 0)
        {
            ranges.Add((begin, end, name));
        }

        return new(type.Type, shape, data.Slice((int)begin, (int)bytes));
    }

    private ImmutableArray<long> Numbers(string name, JsonElement entry, string property)
    {
        Require(entry.TryGetProperty(property, out var array) && array.ValueKind == JsonValueKind.Array, $"{name} has no {property}.");
        var numbers = ImmutableArray.CreateBuilder<long>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            var number = -1L;
            Require(item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out number) && number >= 0,
                $"{property} of {name} should hold whole numbers from 0 on.");
            numbers.Add(number);
        }

        return numbers.MoveToImmutable();
    }

    private Dictionary<string, string> Metadata(JsonElement entry)
    {
        Require(entry.ValueKind == JsonValueKind.Object, "__metadata__ of the safetensors header is no object.");
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in entry.EnumerateObject())
        {
            Require(item.Value.ValueKind == JsonValueKind.String, "__metadata__ of the safetensors header should hold texts only.");
            result[Text(() => item.Name)] = Text(() => item.Value.GetString()!);
        }

        return result;
    }

    // JsonElement finds out only here that a text is no UTF-8, or half a surrogate pair.
    private string Text(Func<string> get)
    {
        try
        {
            return get();
        }
        catch (InvalidOperationException)
        {
            throw file.Invalid("a text of the safetensors header is no valid Unicode.");
        }
    }

    private void Require(bool rule, string otherwise)
    {
        if (!rule)
        {
            throw file.Invalid(otherwise);
        }
    }
}
