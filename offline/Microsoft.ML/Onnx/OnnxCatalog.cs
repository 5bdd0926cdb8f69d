using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

public static class OnnxCatalog
{
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromFile(catalog, modelFile, [], [], null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromStream(catalog, modelBytes, [], [], null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string modelFile, IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromFile(catalog, modelFile, [], [], shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, Stream modelBytes, IDictionary<string, int[]> shapeDictionary,
        int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromStream(catalog, modelBytes, [], [], shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile,
        int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromFile(catalog, modelFile, [outputColumnName], [inputColumnName], null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes,
        int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromStream(catalog, modelBytes, [outputColumnName], [inputColumnName], null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromFile(catalog, modelFile, [outputColumnName], [inputColumnName], shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromStream(catalog, modelBytes, [outputColumnName], [inputColumnName], shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile,
        int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromFile(catalog, modelFile, outputColumnNames, inputColumnNames, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes,
        int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromStream(catalog, modelBytes, outputColumnNames, inputColumnNames, null, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromFile(catalog, modelFile, outputColumnNames, inputColumnNames, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        FromStream(catalog, modelBytes, outputColumnNames, inputColumnNames, shapeDictionary, gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false, int recursionLimit = 100) =>
        FromFile(catalog, modelFile, outputColumnNames, inputColumnNames, shapeDictionary, gpuDeviceId, fallbackToCpu, recursionLimit);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes,
        IDictionary<string, int[]> shapeDictionary, int? gpuDeviceId = null, bool fallbackToCpu = false, int recursionLimit = 100) =>
        FromStream(catalog, modelBytes, outputColumnNames, inputColumnNames, shapeDictionary, gpuDeviceId, fallbackToCpu, recursionLimit);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, OnnxOptions options)
    {
        var settings = Settings(catalog, options.OutputColumns, options.InputColumns, options.ShapeDictionary,
            options.GpuDeviceId, options.FallbackToCpu, options.RecursionLimit);
        settings = settings with { InterOpNumThreads = options.InterOpNumThreads, IntraOpNumThreads = options.IntraOpNumThreads };
        return new(catalog.Environment, new OnnxTransformer(settings, options.ModelFile));
    }

    private static OnnxScoringEstimator FromFile(TransformsCatalog catalog, string model, string[] outputs, string[] inputs, IDictionary<string, int[]> shapes,
        int? gpu, bool fallback, int recursionLimit = 100) =>
        new(catalog.Environment, new OnnxTransformer(Settings(catalog, outputs, inputs, shapes, gpu, fallback, recursionLimit), model));

    private static OnnxScoringEstimator FromStream(TransformsCatalog catalog, Stream model, string[] outputs, string[] inputs, IDictionary<string, int[]> shapes,
        int? gpu, bool fallback, int recursionLimit = 100) =>
        new(catalog.Environment, new OnnxTransformer(Settings(catalog, outputs, inputs, shapes, gpu, fallback, recursionLimit), model));

    // The context's device serves where the call names none.
    private static OnnxSettings Settings(TransformsCatalog catalog, string[] outputs, string[] inputs, IDictionary<string, int[]> shapes,
        int? gpu, bool fallback, int recursionLimit)
    {
        if (gpu == null && catalog.Environment is MLContext { GpuDeviceId: int device } context) (gpu, fallback) = (device, context.FallbackToCpu);
        return new(catalog.Environment, outputs, inputs)
        {
            Shapes = new Dictionary<string, int[]>(shapes ?? new Dictionary<string, int[]>()),
            GpuDeviceId = gpu,
            FallbackToCpu = fallback,
            RecursionLimit = recursionLimit,
        };
    }
}
