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

    /// <summary>For the classes' probabilities and, with <paramref name="embedding"/>, as a second output the embedding.</summary>
    public static IScoringEngine Classifier(
        TrainedModel model, ImageShape shape, OutputActivation activation, ScoringOptions options, TestTimeAugmentation augmentation, bool embedding)
    {
        var isOpen = options.Engine == ScoringEngine.Auto;
        if (!IsOnnxRuntime(options) && (model.HasNetwork || !isOpen)) return Torch();
        try
        {
            var (bytes, signature) = model.ForScoring(shape, activation, augmentation, embedding);
            var probabilities = (signature.Probabilities, model.Specification.Classes);
            return embedding
                ? new OnnxRuntimeEngine(
                    bytes, signature.Input, shape, options.Threads, probabilities, (signature.Embedding + OnnxFeatureExport.BatchSuffix, model.Specification.Features))
                : new OnnxRuntimeEngine(bytes, signature.Input, shape, options.Threads, probabilities);
        }
        catch (NotSupportedException) when (isOpen && model.HasNetwork)
        {
            // A module of somebody's own that has no ONNX.
            return Torch();
        }

        TorchSharpEngine Torch() => new(model.Network, shape, activation, options.BatchSize, augmentation);
    }

    /// <summary>For features; the network stays its owner's.</summary>
    public static IScoringEngine Features(ClassificationNetwork network, FeatureLayer layer, int length, ImageShape shape, ScoringOptions options)
    {
        if (!IsOnnxRuntime(options)) return new FeatureEngine(new(network, layer, options.BatchSize, shape.Height, shape.Width));
        var signature = new OnnxSignature { Height = shape.Height, Width = shape.Width };
        using var stream = new MemoryStream();
        network.SaveFeaturesOnnx(stream, layer, signature, FeatureOutput);
        return new OnnxRuntimeEngine(stream.ToArray(), signature.Input, shape, options.Threads, (FeatureOutput + OnnxFeatureExport.BatchSuffix, length));
    }

    private const string FeatureOutput = "Features";
}
