namespace Microsoft.ML.OnnxRuntime;

public partial class InferenceSession
{
    public IDisposableReadOnlyCollection<OrtValue> Run(RunOptions runOptions, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames)
    {
        SameCount(nameof(inputNames), inputNames.Count, nameof(inputValues), inputValues.Count);
        var results = new nint[outputNames.Count];
        RunNative(runOptions, Names(inputNames, Input), inputValues, Names(outputNames, Output), results);
        return Collect(results, (value, _) => value, outputNames);
    }

    public IDisposableReadOnlyCollection<OrtValue> Run(RunOptions runOptions, IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputNames) =>
        Run(runOptions, [.. inputs.Keys], [.. inputs.Values], outputNames);

    /// <summary>Writes the results into tensors of the right shapes that the caller made.</summary>
    public void Run(RunOptions runOptions, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames, IReadOnlyCollection<OrtValue> outputValues)
    {
        SameCount(nameof(inputNames), inputNames.Count, nameof(inputValues), inputValues.Count);
        SameCount(nameof(outputNames), outputNames.Count, nameof(outputValues), outputValues.Count);
        RunNative(runOptions ?? _defaults, Names(inputNames, Input), inputValues, Names(outputNames, Output), Handles(outputValues));
        GC.KeepAlive(outputValues);
    }

    public IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(IReadOnlyCollection<NamedOnnxValue> inputs) => Run(inputs, _outputNames);

    public IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(IReadOnlyCollection<NamedOnnxValue> inputs, IReadOnlyCollection<string> outputNames) =>
        Run(inputs, outputNames, _defaults);

    public IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(IReadOnlyCollection<NamedOnnxValue> inputs, IReadOnlyCollection<string> outputNames, RunOptions options)
    {
        nint[] names = Names(inputs.Select(i => i.Name), Input), wanted = Names(outputNames, Output);
        var results = new nint[wanted.Length];
        using (var owned = new DisposableList<OrtValue>())
            RunNative(options, names, Values(inputs, Input, owned), wanted, results);
        return Collect(results, (value, name) => DisposableNamedOnnxValue.Create(name, value), outputNames);
    }

    public void Run(IReadOnlyCollection<NamedOnnxValue> inputs, IReadOnlyCollection<NamedOnnxValue> outputs) => Run(inputs, outputs, _defaults);

    public void Run(IReadOnlyCollection<NamedOnnxValue> inputs, IReadOnlyCollection<NamedOnnxValue> outputs, RunOptions options)
    {
        nint[] names = Names(inputs.Select(i => i.Name), Input), wanted = Names(outputs.Select(o => o.Name), Output);
        using var owned = new DisposableList<OrtValue>();
        var results = Values(outputs, Output, owned);
        RunNative(options, names, Values(inputs, Input, owned), wanted, Handles(results));
        GC.KeepAlive(results);
    }

    private void RunNative(RunOptions options, nint[] names, IReadOnlyCollection<OrtValue> inputs, nint[] wanted, nint[] results)
    {
        nint run = options.Handle;
        bool held = false;
        try
        {
            _session.DangerousAddRef(ref held);
            Native.Run(_session.DangerousGetHandle(), run, names, Handles(inputs), wanted, results);
        }
        finally
        {
            if (held) _session.DangerousRelease();
            GC.KeepAlive(inputs);
            GC.KeepAlive(options);
        }
    }

    private static DisposableList<T> Collect<T>(nint[] results, Func<OrtValue, string, T> wrap, IReadOnlyCollection<string> names) where T : IDisposable
    {
        // All handles get an owner first: wrapping one may fail.
        OrtValue[] values = [.. results.Select(r => new OrtValue(r))];
        var list = new DisposableList<T>(values.Length);
        try
        {
            foreach (var (value, name) in values.Zip(names)) list.Add(wrap(value, name));
            return list;
        }
        catch
        {
            list.Dispose();
            foreach (var value in values) value.Dispose();
            throw;
        }
    }

    private NodeMetadata Input(string name) => _inputs.TryGetValue(name, out var node) || _initializers.TryGetValue(name, out node)
        ? node : throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Input name: '{name}' is not in the metadata");

    private NodeMetadata Output(string name) => _outputs.TryGetValue(name, out var node)
        ? node : throw new OnnxRuntimeException(ErrorCode.InvalidArgument, $"Output name: '{name}' is not in the metadata");

    private static nint[] Names(IEnumerable<string> names, Func<string, NodeMetadata> find) => [.. names.Select(n => find(n).NativeName)];

    private static nint[] Handles(IReadOnlyCollection<OrtValue> values) => [.. values.Select(v => v.Handle)];

    private static List<OrtValue> Values(IReadOnlyCollection<NamedOnnxValue> named, Func<string, NodeMetadata> find, DisposableList<OrtValue> owned)
    {
        var values = new List<OrtValue>(named.Count);
        foreach (var item in named)
        {
            values.Add(item.ToOrtValue(find(item.Name), out bool ours));
            if (ours) owned.Add(values[^1]);
        }
        return values;
    }

    private static void SameCount(string names, int nameCount, string values, int valueCount)
    {
        if (nameCount != valueCount)
            throw new ArgumentException($"Length of {names} ({nameCount}) must match that of {values} ({valueCount}).");
    }
}
