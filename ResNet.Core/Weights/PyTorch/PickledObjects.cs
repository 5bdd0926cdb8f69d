using System.Collections.Frozen;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// What the few globals that weights need mean: OrderedDict, torch.Size, storages, and the functions that rebuild tensors.
/// They are interpreted here; the names of a file choose among them and nothing else.
/// </summary>
internal static class PickledObjects
{
    private const int MostDimensions = 64;

    private static readonly FrozenDictionary<string, ScalarType> Storages = new Dictionary<string, ScalarType>
    {
        ["torch.FloatStorage"] = ScalarType.Float32,
        ["torch.HalfStorage"] = ScalarType.Float16,
        ["torch.BFloat16Storage"] = ScalarType.BFloat16,
        ["torch.DoubleStorage"] = ScalarType.Float64,
        ["torch.LongStorage"] = ScalarType.Int64,
        ["torch.IntStorage"] = ScalarType.Int32,
        ["torch.ShortStorage"] = ScalarType.Int16,
        ["torch.CharStorage"] = ScalarType.Int8,
        ["torch.ByteStorage"] = ScalarType.Byte,
        ["torch.BoolStorage"] = ScalarType.Bool,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Callables =
    [
        "collections.OrderedDict", "torch.Size",
        "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter",
    ];

    /// <summary>A known global.</summary>
    /// <exception cref="InvalidDataException">Any other one.</exception>
    public static PickledGlobal Global(ByteCursor file, string module, string name)
    {
        var full = $"{module}.{name}";
        return Storages.ContainsKey(full) || Callables.Contains(full)
            ? new(full)
            : throw file.Invalid(
                $"the pickle asks for {Shown(full)}, which is not allowed: only tensors are read, and nothing in the file is run. " +
                "If you trust the file, save its weights alone in PyTorch: torch.save(model.state_dict(), path).");
    }

    /// <summary>What calling a known global with these arguments gives.</summary>
    public static object? Call(ByteCursor file, object? callable, object? arguments) => ((callable as PickledGlobal)?.Name, arguments) switch
    {
        ("collections.OrderedDict", object?[] and []) => new PickledDict(),
        ("collections.OrderedDict", object?[] and [List<object?> pairs]) => Dict(file, pairs),
        ("torch.Size", object?[] and [object?[] sizes]) => sizes,
        ("torch._utils._rebuild_tensor", object?[] and [PickledStorage storage, long offset, object?[] size, object?[] stride]) =>
            Tensor(file, storage, offset, size, stride),
        // What follows the strides is requires_grad and hooks (v2 may add metadata): of no use for weights.
        ("torch._utils._rebuild_tensor_v2", object?[] and [PickledStorage storage, long offset, object?[] size, object?[] stride, ..]) =>
            Tensor(file, storage, offset, size, stride),
        ("torch._utils._rebuild_parameter", object?[] and [PickledTensor tensor, ..]) => tensor,
        _ => throw file.Invalid(
            $"the pickle calls {(callable is PickledGlobal global ? global.Name : "a value")} with unexpected arguments; it is damaged, or not PyTorch's."),
    };

    /// <summary>BUILD: only the attributes of a state dict (its <c>_metadata</c>), which weights do not need.</summary>
    public static void Build(ByteCursor file, object? target, object? state)
    {
        if (target is not PickledDict || state is not PickledDict)
        {
            throw file.Invalid("the pickle sets the state of an object that is no dict; only tensors are read.");
        }
    }

    /// <summary>A storage: ('storage', type, key, device, elements[, view]), where view is None or (key, first element, elements).</summary>
    public static PickledStorage Persistent(ByteCursor file, object? id)
    {
        if (id is object?[] and ["storage", PickledGlobal type, string key, string, long elements, .. var rest]
            && Storages.TryGetValue(type.Name, out var scalarType) && elements >= 0)
        {
            switch (rest)
            {
                case [] or [null]:
                    return new(scalarType, key, elements, Offset: 0);
                case [object?[] and [string, long offset, long viewed]] when offset >= 0 && viewed >= 0 && offset <= elements - viewed:
                    return new(scalarType, key, viewed, offset);
            }
        }

        throw file.Invalid("the pickle names a storage in an unknown way; it is damaged, or not PyTorch's.");
    }

    private static PickledTensor Tensor(ByteCursor file, PickledStorage storage, long offset, object?[] size, object?[] stride) =>
        size.Length <= MostDimensions && size.Length == stride.Length && size.All(item => item is long) && stride.All(item => item is long)
            ? new(storage, offset, [.. size.Cast<long>()], [.. stride.Cast<long>()])
            : throw file.Invalid("the pickle has a tensor whose sizes or strides are no whole numbers.");

    private static PickledDict Dict(ByteCursor file, List<object?> pairs)
    {
        var dict = new PickledDict();
        foreach (var pair in pairs)
        {
            // Python 2 pickled the pairs as lists.
            dict.Items.Add(pair switch
            {
                object?[] and [var key, var value] => (key, value),
                List<object?> and [var key, var value] => (key, value),
                _ => throw file.Invalid("the pickle makes a dict of something else than pairs."),
            });
        }

        // The dict takes the pairs over: calls with one list again and again would make more of them than the pickle has.
        pairs.Clear();
        return dict;
    }

    // Names come from the file; a long or unprintable one must not flood the error.
    private static string Shown(string name) =>
        new([.. (name.Length > 100 ? name[..100] + "…" : name).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}
