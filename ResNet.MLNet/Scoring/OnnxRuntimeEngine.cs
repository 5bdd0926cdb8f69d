using Microsoft.ML.OnnxRuntime;

namespace ResNet.MLNet.Scoring;

/// <summary>Scores an exported network on the CPU; pixels and values are the caller's memory, not copied.</summary>
internal sealed class OnnxRuntimeEngine : IScoringEngine
{
    private readonly InferenceSession _session;
    private readonly string[] _input;
    private readonly string[] _output;
    private readonly ImageShape _shape;
    private readonly int _outputs;

    /// <param name="model">The file's bytes, with planar float32 input; not kept.</param>
    /// <param name="input">The name of the input n×C×H×W.</param>
    /// <param name="output">The name of the output n×outputs.</param>
    /// <param name="shape">The shape of the images.</param>
    /// <param name="outputs">How many values an image gets.</param>
    /// <param name="threads">Threads a pass; null: one for each core.</param>
    public OnnxRuntimeEngine(byte[] model, string input, string output, ImageShape shape, int outputs, int? threads)
    {
        (_input, _output, _shape, _outputs) = ([input], [output], shape, outputs);
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (threads is { } count) options.IntraOpNumThreads = count;
        // Threads that wait by spinning take the cores from the decoders of the next batch.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new(model, options);
    }

    public void Score(Memory<float> pixels, int count, Memory<float> values)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, pixels, [count, _shape.Channels, _shape.Height, _shape.Width]);
        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, [count, _outputs]);
        using var run = new RunOptions();
        _session.Run(run, _input, [input], _output, [output]);
    }

    public void Dispose() => _session.Dispose();
}
