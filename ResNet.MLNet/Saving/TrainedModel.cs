using Microsoft.ML;
using ResNet.Core;

namespace ResNet.MLNet.Saving;

/// <summary>A network in one of its two forms, as module or as ONNX file; the other one is made when it is asked for.</summary>
internal abstract class TrainedModel : IDisposable
{
    public abstract NetworkSpecification Specification { get; }

    /// <summary>How a photo becomes the network's input; null where nobody said.</summary>
    public abstract Preprocessing? Preprocessing { get; }

    /// <summary>The module; this object disposes it.</summary>
    public abstract ClassificationNetwork Network { get; }

    /// <summary>An ONNX file with planar float32 input, for scoring here, and its names.</summary>
    public abstract (byte[] Bytes, OnnxSignature Signature) ForScoring(ImageShape shape);

    /// <summary>Writes the ONNX file that goes into a model.zip.</summary>
    public abstract void Write(Stream stream, OnnxExportOptions options);

    public abstract void Dispose();

    /// <summary>The module as training left it.</summary>
    public sealed class OfNetwork(ClassificationNetwork network, Preprocessing? preprocessing) : TrainedModel
    {
        public override NetworkSpecification Specification => network.Specification;

        public override Preprocessing? Preprocessing => preprocessing;

        public override ClassificationNetwork Network => network;

        public override (byte[] Bytes, OnnxSignature Signature) ForScoring(ImageShape shape)
        {
            var signature = new OnnxSignature { Height = shape.Height, Width = shape.Width };
            using var stream = new MemoryStream();
            network.SaveOnnx(stream, new OnnxExportOptions { Signature = signature });
            return (stream.ToArray(), signature);
        }

        public override void Write(Stream stream, OnnxExportOptions options) => network.SaveOnnx(stream, options with { Preprocessing = preprocessing });

        public override void Dispose() => network.Dispose();
    }

    /// <summary>The file of a model.zip; its bytes are scored and saved as they are.</summary>
    public sealed class OfFile(byte[] bytes, OnnxHeader header, string device) : TrainedModel
    {
        private const string Name = "the saved network";

        private readonly Lazy<ClassificationNetwork> _network = new(() => OnnxFile.Read(bytes, Name).CreateNetwork(DeviceSelection.Parse(device)));

        public override NetworkSpecification Specification => header.Specification;

        public override Preprocessing? Preprocessing => header.Preprocessing;

        public override ClassificationNetwork Network => _network.Value;

        public override (byte[] Bytes, OnnxSignature Signature) ForScoring(ImageShape shape) =>
            (OnnxFile.WithPlanarInput(bytes, header.Signature, Name), header.Signature);

        public override void Write(Stream stream, OnnxExportOptions options) => stream.Write(bytes);

        public override void Dispose()
        {
            if (_network.IsValueCreated) _network.Value.Dispose();
        }
    }
}
