using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters by name. The list gives the order, the dictionary the values; as in the package, setting a key that is not there fails half way.</summary>
public class ParameterDict : nn.Module, IDictionary<string, Parameter>, IList<(string, Parameter)>
{
    private readonly List<(string name, Parameter item)> entries = [];
    private readonly Dictionary<string, Parameter> byName = [];
    private bool registered;

    public ParameterDict() : base(nameof(ParameterDict)) { }

    protected override void RegisterComponents()
    {
        if (registered) return;
        foreach (var (name, item) in entries) register_parameter(name, item);
        registered = true;
    }

    protected override void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
    {
        base._toEpilog(dtype, device, non_blocking);
        foreach (var (name, item) in entries.ToList()) this[name] = OwnParameter(name) ?? item;
    }

    public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse) => entries;

    public override bool has_parameter(string target) => byName.ContainsKey(target);

    public override Parameter? get_parameter(string target) => byName.GetValueOrDefault(target);

    public Parameter this[string key]
    {
        get => byName[key];
        set
        {
            byName[key] = value;
            entries[entries.FindIndex(x => x.name == key)] = (key, value);
        }
    }

    public (string, Parameter) this[int index]
    {
        get => entries[index];
        set
        {
            entries[index] = value;
            byName[value.Item1] = value.Item2;
        }
    }

    public int Count => byName.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => [.. entries.Select(x => x.name)];

    public ICollection<Parameter> Values => [.. entries.Select(x => x.item)];

    public IEnumerable<string> keys() => byName.Keys;

    public IEnumerable<Parameter> values() => byName.Values;

    public IEnumerator<(string, Parameter)> items() => entries.GetEnumerator();

    public void Add(string key, Parameter value)
    {
        byName.Add(key, value);
        entries.Add((key, value));
    }

    public void Add((string, Parameter) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<string, Parameter> item) => Add(item.Key, item.Value);

    public void Insert(int index, (string, Parameter) item)
    {
        byName.Add(item.Item1, item.Item2);
        entries.Insert(index, item);
    }

    public bool Remove(string key)
    {
        var value = byName[key];
        return byName.Remove(key) && entries.Remove((key, value));
    }

    public bool Remove((string, Parameter) item)
    {
        byName.Remove(item.Item1);
        return entries.Remove(item);
    }

    public bool Remove(KeyValuePair<string, Parameter> item) => Remove(item.Key);

    public void RemoveAt(int index) => Remove(entries[index].name);

    public void Clear()
    {
        byName.Clear();
        entries.Clear();
    }

    public void clear() => Clear();

    public bool ContainsKey(string key) => byName.ContainsKey(key);

    public bool Contains((string, Parameter) item) => entries.Contains(item);

    public bool Contains(KeyValuePair<string, Parameter> item) => ContainsKey(item.Key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => byName.TryGetValue(key, out value);

    public int IndexOf((string, Parameter) item) => entries.IndexOf(item);

    public void CopyTo((string, Parameter)[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, Parameter>>)byName).CopyTo(array, arrayIndex);

    public IEnumerator<(string, Parameter)> GetEnumerator() => entries.GetEnumerator();

    IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator() => byName.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
