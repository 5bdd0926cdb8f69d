namespace Microsoft.ML.OnnxRuntime;

/// <summary>A loaded model. Runs may be made from several threads at once; values that they return are the caller's to dispose.</summary>
public partial class InferenceSession : IDisposable
{
    private readonly SessionHandle _session;
    private readonly Dictionary<string, NodeMetadata> _inputs, _outputs, _initializers;
    private readonly List<string> _inputNames = [], _outputNames = [];
    private readonly Lazy<ModelMetadata> _metadata;
    private RunOptions _defaults;

    public InferenceSession(string modelPath) : this(WithDefaults(options => new SessionHandle(modelPath, options))) { }

    public InferenceSession(string modelPath, SessionOptions options) : this(new SessionHandle(modelPath, options)) { }

    public InferenceSession(byte[] model) : this(WithDefaults(options => new SessionHandle(model, options))) { }

    public InferenceSession(byte[] model, SessionOptions options) : this(new SessionHandle(model, options)) { }

    private InferenceSession(SessionHandle session)
    {
        _session = session;
        try
        {
            _inputs = session.Describe(Function.SessionGetInputCount, Function.SessionGetInputTypeInfo, Function.SessionGetInputName, _inputNames);
            _outputs = session.Describe(Function.SessionGetOutputCount, Function.SessionGetOutputTypeInfo, Function.SessionGetOutputName, _outputNames);
            _initializers = session.Describe(Function.SessionGetOverridableInitializerCount, Function.SessionGetOverridableInitializerTypeInfo,
                Function.SessionGetOverridableInitializerName, []);
            _metadata = new(() => Use(native => new ModelMetadata(native)));
            _defaults = new RunOptions();
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public IReadOnlyDictionary<string, NodeMetadata> InputMetadata => _inputs;

    public IReadOnlyList<string> InputNames => _inputNames;

    public IReadOnlyDictionary<string, NodeMetadata> OutputMetadata => _outputs;

    public IReadOnlyList<string> OutputNames => _outputNames;

    public IReadOnlyDictionary<string, NodeMetadata> OverridableInitializerMetadata => _initializers;

    public ModelMetadata ModelMetadata => _metadata.Value;

    public ulong ProfilingStartTimeNs => Use(native => (ulong)Native.Get(Function.SessionGetProfilingStartTimeNs, native));

    /// <summary>Ends profiling; the name of the file that holds it.</summary>
    public string EndProfiling() => Use(native => Utf8.Take(Native.Get(Function.SessionEndProfiling, native, OrtAllocator.DefaultInstance.Pointer)));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _session.Dispose();
        _defaults?.Dispose();
        _defaults = null;
    }

    internal T Use<T>(Func<nint, T> call)
    {
        bool held = false;
        try
        {
            _session.DangerousAddRef(ref held);
            return call(_session.DangerousGetHandle());
        }
        finally
        {
            if (held) _session.DangerousRelease();
        }
    }

    private static SessionHandle WithDefaults(Func<SessionOptions, SessionHandle> create)
    {
        using var options = new SessionOptions();
        return create(options);
    }
}
