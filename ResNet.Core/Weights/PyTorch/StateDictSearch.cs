namespace ResNet.Core;

/// <summary>Finds the weights in what a checkpoint holds: a state dict, or one under the names that training programs give it.</summary>
internal static class StateDictSearch
{
    // Averaged weights first where there are both, as timm's load_state_dict does.
    private static readonly string[] Names =
        ["state_dict_ema", "model_ema", "state_dict", "model_state_dict", "model", "net", "network", "weights", "params"];

    // What DataParallel, torch.compile and Lightning put before every name.
    private static readonly string[] Prefixes = ["module.", "_orig_mod.", "model."];

    /// <summary>The tensors and their names, wrappers' prefixes gone.</summary>
    public static IEnumerable<KeyValuePair<string, PickledTensor>> Find(ByteCursor file, object? root)
    {
        var found = Tensors(root);
        for (var depth = 0; found.Count == 0; depth++)
        {
            var inner = root is PickledDict dict && depth < 3
                ? Names.Select(name => dict.Items.LastOrDefault(item => name.Equals(item.Key)).Value).FirstOrDefault(value => value is PickledDict)
                : null;
            root = inner ?? throw file.Invalid($"there are no weights in it: {Described(root)}. Expected a state dict, alone or as one of: {string.Join(", ", Names)}.");
            found = Tensors(root);
        }

        while (Prefixes.FirstOrDefault(prefix => found.All(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))) is { } common)
        {
            found = [.. found.Select(entry => KeyValuePair.Create(entry.Key[common.Length..], entry.Value))];
        }

        return found;
    }

    private static List<KeyValuePair<string, PickledTensor>> Tensors(object? value) => value is not PickledDict dict
        ? []
        : [.. dict.Items.Where(item => item is (string, PickledTensor)).Select(item => KeyValuePair.Create((string)item.Key!, (PickledTensor)item.Value!))];

    private static string Described(object? value) => value switch
    {
        PickledDict { Items: [] } => "its dict is empty",
        PickledDict dict => "its dict holds " + string.Join(", ", dict.Items.Take(8).Select(item => item.Key is string { Length: < 60 } key ? $"'{key}'" : "something else")),
        PickledTensor => "it holds a single tensor without a name",
        _ => "it holds no dict",
    };
}
