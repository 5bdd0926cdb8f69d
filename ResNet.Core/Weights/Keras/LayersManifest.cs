using System.Collections.Immutable;
using System.Text.Json;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>A layers model's weights under their own names, and the epsilon of each batch norm, out of model.json and its shards.</summary>
internal sealed record LayersManifest(StateDict Weights, IReadOnlyDictionary<string, double> Epsilons)
{
    private static readonly Dictionary<string, ScalarType> Types = new()
    {
        ["float32"] = ScalarType.Float32,
        ["int32"] = ScalarType.Int32,
        ["uint8"] = ScalarType.Byte,
        ["bool"] = ScalarType.Bool,
    };

    /// <param name="model">model.json.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="shard">The bytes of a shard; the name is a plain file name.</param>
    public static LayersManifest Read(ReadOnlyMemory<byte> model, string name, Func<string, ReadOnlyMemory<byte>> shard)
    {
        try
        {
            using var json = JsonDocument.Parse(model);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("weightsManifest", out var manifest) || manifest.ValueKind != JsonValueKind.Array)
            {
                throw new InvalidDataException($"{name}: this JSON is no layers model: it has no weightsManifest.");
            }

            var weights = new OrderedDictionary<string, WeightTensor>(StringComparer.Ordinal);
            var used = new HashSet<string>(StringComparer.Ordinal);
            foreach (var group in manifest.EnumerateArray())
            {
                ReadGroup(group, name, path => used.Add(path) ? shard(path) : throw new InvalidDataException($"{name}: it names the shard {path} twice."), weights);
            }

            return new(new StateDict(weights), FindEpsilons(root, name));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{name}: model.json is no JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // JsonElement's answer where a value has another kind than asked for.
            throw new InvalidDataException($"{name}: model.json is no layers model: {error.Message}", error);
        }
        catch (KeyNotFoundException error)
        {
            throw new InvalidDataException($"{name}: model.json is no layers model: a property is missing.", error);
        }
    }

    private static void ReadGroup(JsonElement group, string name, Func<string, ReadOnlyMemory<byte>> shard, OrderedDictionary<string, WeightTensor> weights)
    {
        var shards = group.GetProperty("paths").EnumerateArray().Select(path => shard(PlainName(path.GetString() ?? "", name))).ToArray();
        var all = new ByteCursor(Joined(shards, name), name);
        foreach (var entry in group.GetProperty("weights").EnumerateArray())
        {
            var key = entry.GetProperty("name").GetString() ?? "";
            var dtype = entry.GetProperty("dtype").GetString() ?? "";
            if (entry.TryGetProperty("quantization", out _) || !Types.TryGetValue(dtype, out var type))
            {
                throw all.Invalid($"{key} is quantized or of type {dtype}; supported are {string.Join(", ", Types.Keys)}.");
            }

            var shape = entry.GetProperty("shape").EnumerateArray().Select(size => size.TryGetInt64(out var value) ? value : -1).ToImmutableArray();
            if (!WeightTensor.TryByteCount(shape.AsSpan(), ElementTypes.Size(type), out var bytes))
            {
                throw all.Invalid($"{key} cannot have the shape [{string.Join(", ", shape)}].");
            }

            if (!weights.TryAdd(key, new(type, shape, all.Bytes(bytes, $"{key} [{string.Join(", ", shape)}]"))))
            {
                throw all.Invalid($"{key} comes twice.");
            }
        }

        if (all.Remaining > 0)
        {
            throw all.Invalid($"{all.Remaining} bytes of its shards belong to no weight.");
        }
    }

    private static ReadOnlyMemory<byte> Joined(ReadOnlyMemory<byte>[] shards, string name)
    {
        if (shards is [var only])
        {
            return only;
        }

        var length = shards.Sum(shard => (long)shard.Length);
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException($"{name}: its shards have more than 2 GiB.");
        }

        var joined = GC.AllocateUninitializedArray<byte>((int)length);
        var end = 0;
        foreach (var shard in shards)
        {
            shard.Span.CopyTo(joined.AsSpan(end));
            end += shard.Length;
        }

        return joined;
    }

    private static Dictionary<string, double> FindEpsilons(JsonElement root, string name)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        if (root.TryGetProperty("modelTopology", out var topology) && topology.TryGetProperty("model_config", out var model)
            && model.GetProperty("config").TryGetProperty("layers", out var layers))
        {
            foreach (var layer in layers.EnumerateArray())
            {
                var config = layer.GetProperty("config");
                if (layer.GetProperty("class_name").ValueEquals("BatchNormalization") && config.TryGetProperty("epsilon", out var epsilon))
                {
                    var value = epsilon.TryGetDouble(out var number) && number is > 0 and < 1 ? number
                        : throw new InvalidDataException($"{name}: a batch norm's epsilon should be between 0 and 1, but is {epsilon}.");
                    found[config.GetProperty("name").GetString() ?? ""] = value;
                }
            }
        }

        return found;
    }

    // A path out of the model's folder would read (and tell about) files that are none of the model's.
    private static string PlainName(string path, string name) =>
        path.Length is > 0 and < 256 && path is not ("." or "..") && !path.AsSpan().ContainsAny("/\\:\0")
            ? path
            : throw new InvalidDataException($"{name}: a shard is named '{(path.Length > 100 ? path[..100] + "…" : path)}'; only files beside model.json are read.");
}
