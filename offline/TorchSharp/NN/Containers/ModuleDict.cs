using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules by name, registered when a module that holds it registers its components. The list gives the order, the dictionary the values; as in the package, setting a key that is not there fails half way.</summary>
public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)> where T : nn.Module
{
    private readonly List<(string name, T item)> entries = [];
    private readonly Dictionary<string, T> byName = [];
    private bool registered;

    public ModuleDict() : base(nameof(ModuleDict<T>)) { }

    protected override void RegisterComponents()
    {
        if (registered) return;
        foreach (var (name, item) in entries) register_module(name, item);
        registered = true;
    }

    public T this[string key]
    {
        get => byName[key];
        set
        {
            byName[key] = value;
            entries[entries.FindIndex(x => x.name == key)] = (key, value);
        }
    }

    public (string, T) this[int index]
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

    public ICollection<T> Values => [.. entries.Select(x => x.item)];

    public IEnumerable<string> keys() => byName.Keys;

    public IEnumerable<T> values() => byName.Values;

    public IEnumerator<(string, T)> items() => entries.GetEnumerator();

    public void Add(string key, T value)
    {
        byName.Add(key, value);
        entries.Add((key, value));
    }

    public void Add((string, T) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    public void Insert(int index, (string, T) item)
    {
        byName.Add(item.Item1, item.Item2);
        entries.Insert(index, item);
    }

    public bool Remove(string key)
    {
        var value = byName[key];
        return byName.Remove(key) && entries.Remove((key, value));
    }

    public bool Remove((string, T) item)
    {
        byName.Remove(item.Item1);
        return entries.Remove(item);
    }

    public bool Remove(KeyValuePair<string, T> item) => Remove(item.Key);

    public void RemoveAt(int index) => Remove(entries[index].name);

    public void Clear()
    {
        byName.Clear();
        entries.Clear();
    }

    public void clear() => Clear();

    public bool ContainsKey(string key) => byName.ContainsKey(key);

    public bool Contains((string, T) item) => entries.Contains(item);

    public bool Contains(KeyValuePair<string, T> item) => ContainsKey(item.Key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => byName.TryGetValue(key, out value);

    public int IndexOf((string, T) item) => entries.IndexOf(item);

    public void CopyTo((string, T)[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, T>>)byName).CopyTo(array, arrayIndex);

    public IEnumerator<(string, T)> GetEnumerator() => entries.GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => byName.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
