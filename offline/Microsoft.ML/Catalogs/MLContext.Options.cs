namespace Microsoft.ML;

public sealed partial class MLContext
{
    private readonly Dictionary<string, object> _options = [];

    public bool TryAddOption<T>(string name, T value)
    {
        CheckName(name);
        return _options.TryAdd(name, value);
    }

    public void SetOption<T>(string name, T value)
    {
        CheckName(name);
        _options[name] = value;
    }

    public bool TryGetOption<T>(string name, out T value)
    {
        CheckName(name);
        bool found = _options.TryGetValue(name, out var any) && any is T;
        value = found ? (T)any : default;
        return found;
    }

    /// <summary>The option's value; one that was never set is set to the default first.</summary>
    public T GetOptionOrDefault<T>(string name)
    {
        CheckName(name);
        _options.TryAdd(name, default(T));
        return (T)_options[name];
    }

    public bool RemoveOption(string name)
    {
        CheckName(name);
        return _options.Remove(name);
    }

    private static void CheckName(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ArgumentNullException(nameof(name));
    }
}
