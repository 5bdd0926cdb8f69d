using Microsoft.ML.OnnxRuntime;

namespace ResNet.MLNet.Scoring;

/// <summary>Scores an exported network on the CPU; pixels and values are the caller's memory, not copied.</summary>
internal sealed class OnnxRuntimeEngine : IScoringEngine
{
    private readonly InferenceSession _session;
    private readonly string[] _input;
    private readonly string[] _names;
    private readonly int[] _lengths;
    private readonly ImageShape _shape;

    /// <param name="model">The file's bytes, with planar float32 input; not kept.</param>
    /// <param name="input">The name of the input n×C×H×W.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="threads">Threads a pass; null: one for each core.</param>
    /// <param name="outputs">The names of the outputs n×length, and how many values an image gets from each.</param>
    public OnnxRuntimeEngine(byte[] model, string input, ImageShape shape, int? threads, params (string Name, int Length)[] outputs)
    {
        (_input, _shape) = ([input], shape);
        (_names, _lengths) = ([.. outputs.Select(output => output.Name)], [.. outputs.Select(output => output.Length)]);
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (threads is { } count) options.IntraOpNumThreads = count;
        // Threads that wait by spinning take the cores from the decoders of the next batch.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new(model, options);
    }

    public void Score(Memory<float> pixels, int count, params ReadOnlySpan<Memory<float>> values)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, pixels, [count, _shape.Channels, _shape.Height, _shape.Width]);
        var outputs = new OrtValue[values.Length];
        try
        {
            for (var i = 0; i < outputs.Length; i++)
                outputs[i] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values[i], [count, _lengths[i]]);
            using var run = new RunOptions();
            _session.Run(run, _input, [input], _names, outputs);
        }
        finally
        {
            foreach (var output in outputs) output?.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();
}
