using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>An open model: the session, its variables and the file that it came from.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly List<OnnxVariable> _inputs, _outputs, _initializers;

    /// <summary>Takes the file over.</summary>
    public OnnxModel(OnnxModelFile file, OnnxSettings settings)
    {
        File = file;
        try
        {
            _session = Open(file.Path, settings);
            Graph = OnnxGraph.Read(file.Path);
            file.Forget();
            _inputs = OnnxVariable.Describe(_session.InputMetadata, Graph.Inputs, settings.Shapes);
            _outputs = OnnxVariable.Describe(_session.OutputMetadata, Graph.Outputs, settings.Shapes);
            _initializers = OnnxVariable.Describe(_session.OverridableInitializerMetadata, Graph.Inputs, settings.Shapes);
        }
        catch (Exception e)
        {
            file.Forget();
            Dispose();
            if (e is OnnxRuntimeException) throw new InvalidOperationException($"Error initializing model :{e}", e);
            throw;
        }
    }

    public OnnxModelFile File { get; }

    public OnnxGraph Graph { get; }

    public IReadOnlyList<OnnxVariable> Inputs => _inputs;

    public IReadOnlyList<OnnxVariable> Outputs => _outputs;

    public OnnxVariable Input(string name) => Find(_inputs, name) ?? Find(_initializers, name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), name, $"Input tensor, {name}, does not exist in the ONNX model. "
            + $"Available input names are [{Names(_inputs)}]. Available initializers are [{Names(_initializers)}]");

    public OnnxVariable Output(string name) => Find(_outputs, name)
        ?? throw new ArgumentOutOfRangeException(nameof(name), name, $"Ouput tensor, {name}, does not exist in the ONNX model. Available output names are [{Names(_outputs)}].");

    public IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(NamedOnnxValue[] inputs, string[] outputs) => _session.Run(inputs, outputs);

    public void Dispose()
    {
        _session?.Dispose();
        File.Dispose();
    }

    private static InferenceSession Open(string path, OnnxSettings settings)
    {
        var wanted = (settings.Environment as MLContext)?.GetOnnxSessionOption() ?? new OnnxSessionOptions();
        if (!wanted.PerSessionThreads && !OrtEnv.IsCreated)
        {
            var creation = new EnvironmentCreationOptions
            {
                threadOptions = new() { GlobalInterOpNumThreads = wanted.GlobalInterOpNumThreads, GlobalIntraOpNumThreads = wanted.GlobalIntraOpNumThreads },
            };
            OrtEnv.CreateInstanceWithOptions(ref creation);
        }
        if (wanted.CreateSessionOptions != null) return new(path, wanted.CreateSessionOptions());
        try
        {
            using var options = settings.GpuDeviceId is int device ? SessionOptions.MakeSessionOptionWithCudaProvider(device) : new SessionOptions();
            return Open(path, options, wanted, settings);
        }
        catch (OnnxRuntimeException) when (settings.GpuDeviceId != null && settings.FallbackToCpu)
        {
            using var options = new SessionOptions();
            return Open(path, options, wanted, settings);
        }
    }

    private static InferenceSession Open(string path, SessionOptions options, OnnxSessionOptions wanted, OnnxSettings settings)
    {
        wanted.CopyTo(options);
        options.InterOpNumThreads = settings.InterOpNumThreads ?? wanted.InterOpNumThreads;
        options.IntraOpNumThreads = settings.IntraOpNumThreads ?? wanted.IntraOpNumThreads;
        return new(path, options);
    }

    private static OnnxVariable Find(List<OnnxVariable> variables, string name) => variables.Find(v => v.Name == name);

    private static string Names(List<OnnxVariable> variables) => string.Join(",", variables.Select(v => v.Name));
}
