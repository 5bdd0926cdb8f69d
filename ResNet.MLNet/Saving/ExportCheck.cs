using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.MLNet.Scoring;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.MLNet.Saving;

/// <summary>Whether a module's ONNX computes what the module does, shown on two images of noise: a model.zip must not score otherwise than its training did.</summary>
internal static class ExportCheck
{
    /// <summary>As a share of the largest logit, from 1: far above what rounding makes of it, also on a GPU.</summary>
    private const float Tolerance = 1e-2f;

    /// <exception cref="InvalidOperationException">The file does not run, or its logits are others.</exception>
    /// <exception cref="NotSupportedException">There is no ONNX of it.</exception>
    public static void Run(ModuleNetwork network, ImageShape shape)
    {
        var specification = network.Specification;
        var signature = new OnnxSignature { Height = shape.Height, Width = shape.Width };
        using var onnx = new MemoryStream();
        network.SaveOnnx(onnx, new OnnxExportOptions { Signature = signature });
        var logits = new float[2 * specification.Classes];
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var images = rand([2, shape.Channels, shape.Height, shape.Width], generator: generator) * 255;
        try
        {
            using var engine = new OnnxRuntimeEngine(onnx.ToArray(), signature.Input, shape, threads: null, (signature.Logits, specification.Classes));
            engine.Score(images.data<float>().ToArray(), 2, [logits]);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidOperationException($"What {specification.Name} exports does not run in ONNX Runtime; look through its IOnnxModule.Export: {error.Message}", error);
        }

        using var scorer = new Scorer(network, 2, shape.Height, shape.Width);
        var expected = scorer.Logits(images).cpu();
        var (difference, largest) = ((expected - tensor(logits).view(2, -1)).abs().max().item<float>(), expected.abs().max().item<float>());
        if (!(difference <= Tolerance * Math.Max(1, largest)))
            throw new InvalidOperationException(FormattableString.Invariant(
                $"What {specification.Name} exports computes other logits than the module itself, by up to {difference:g3} of {largest:g3}: ") +
                "its IOnnxModule.Export, or that of a part of it, must repeat the steps of forward in eval mode.");
    }
}
