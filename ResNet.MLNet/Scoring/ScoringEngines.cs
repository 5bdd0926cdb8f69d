using ResNet.Core;
using ResNet.MLNet.Saving;
using TorchSharp;

namespace ResNet.MLNet.Scoring;

/// <summary>Makes the engine that the options ask for.</summary>
internal static class ScoringEngines
{
    /// <summary>Whether ONNX Runtime runs the network, on the CPU; else TorchSharp.</summary>
    public static bool IsOnnxRuntime(ScoringOptions options) => options.Engine == ScoringEngine.OnnxRuntime
        || (options.Engine == ScoringEngine.Auto && DeviceSelection.Parse(options.Device).type == DeviceType.CPU);

    /// <summary>For the classes' probabilities.</summary>
    public static IScoringEngine Classifier(TrainedModel model, ImageShape shape, ScoringOptions options)
    {
        if (!IsOnnxRuntime(options)) return new TorchSharpEngine(model.Network, shape, options.BatchSize);
        var (bytes, signature) = model.ForScoring(shape);
        return new OnnxRuntimeEngine(bytes, signature.Input, signature.Probabilities, shape, model.Specification.Classes, options.Threads);
    }

    /// <summary>For features; the network stays its owner's.</summary>
    public static IScoringEngine Features(ClassificationNetwork network, FeatureLayer layer, int length, ImageShape shape, ScoringOptions options)
    {
        if (!IsOnnxRuntime(options)) return new FeatureEngine(new(network, layer, options.BatchSize, shape.Height, shape.Width));
        var signature = new OnnxSignature { Height = shape.Height, Width = shape.Width };
        using var stream = new MemoryStream();
        network.SaveFeaturesOnnx(stream, layer, signature, FeatureOutput);
        return new OnnxRuntimeEngine(stream.ToArray(), signature.Input, FeatureOutput + OnnxFeatureExport.BatchSuffix, shape, length, options.Threads);
    }

    private const string FeatureOutput = "Features";
}
