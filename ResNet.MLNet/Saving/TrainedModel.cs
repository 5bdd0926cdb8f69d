using Microsoft.ML;
using ResNet.Core;

namespace ResNet.MLNet.Saving;

/// <summary>A network in one of its two forms, as module or as ONNX file; the other one is made when it is asked for.</summary>
internal abstract class TrainedModel : IDisposable
{
    public abstract NetworkSpecification Specification { get; }

    /// <summary>How a photo becomes the network's input; null where nobody said.</summary>
    public abstract Preprocessing? Preprocessing { get; }

    /// <summary>Whether <see cref="Network"/> can be had: of a module of somebody's own, a file holds no code.</summary>
    public virtual bool HasNetwork => true;

    /// <summary>The module; this object disposes it.</summary>
    /// <exception cref="InvalidOperationException">It cannot be had.</exception>
    public abstract ClassificationNetwork Network { get; }

    /// <summary>What the ONNX file averages over, where there is one.</summary>
    public virtual TestTimeAugmentation TestTimeAugmentation => TestTimeAugmentation.None;

    /// <summary>An ONNX file with planar float32 input, for scoring here, and its names.</summary>
    public virtual (byte[] Bytes, OnnxSignature Signature) ForScoring(ImageShape shape, OutputActivation activation, TestTimeAugmentation augmentation, bool embedding)
    {
        var signature = new OnnxSignature { Height = shape.Height, Width = shape.Width, Activation = activation, Embedding = embedding ? "Embedding" : null };
        using var stream = new MemoryStream();
        Network.SaveOnnx(stream, new OnnxExportOptions { Signature = signature, TestTimeAugmentation = augmentation });
        return (stream.ToArray(), signature);
    }

    /// <summary>Writes the ONNX file that goes into a model.zip.</summary>
    public virtual void Write(Stream stream, OnnxExportOptions options) => Network.SaveOnnx(stream, options with { Preprocessing = Preprocessing });

    public abstract void Dispose();

    /// <summary>The module as training left it.</summary>
    public sealed class OfNetwork(ClassificationNetwork network, Preprocessing? preprocessing) : TrainedModel
    {
        public override NetworkSpecification Specification => network.Specification;

        public override Preprocessing? Preprocessing => preprocessing;

        public override ClassificationNetwork Network => network;

        public override (byte[] Bytes, OnnxSignature Signature) ForScoring(
            ImageShape shape, OutputActivation activation, TestTimeAugmentation augmentation, bool embedding)
        {
            Check(shape);
            return base.ForScoring(shape, activation, augmentation, embedding);
        }

        public override void Write(Stream stream, OnnxExportOptions options)
        {
            Check(new(Specification.InputChannels, options.Signature.Height ?? Specification.InputSize, options.Signature.Width ?? Specification.InputSize));
            base.Write(stream, options);
        }

        // What a module of somebody's own exports is its author's word.
        private void Check(ImageShape shape)
        {
            if (network is ModuleNetwork module) ExportCheck.Run(module, shape);
        }

        public override void Dispose() => network.Dispose();
    }

    /// <summary>The file of a model.zip; its bytes are scored and saved as they are, unless other views are asked for than it averages over.</summary>
    public sealed class OfFile(byte[] bytes, OnnxHeader header, string device) : TrainedModel
    {
        private const string Name = "the saved network";

        private readonly Lazy<ClassificationNetwork> _network = new(() => OnnxFile.Read(bytes, Name).CreateNetwork(DeviceSelection.Parse(device)));

        public override NetworkSpecification Specification => header.Specification;

        public override Preprocessing? Preprocessing => header.Preprocessing;

        public override bool HasNetwork => Specification is not ModuleSpecification;

        public override ClassificationNetwork Network => _network.Value;

        public override TestTimeAugmentation TestTimeAugmentation => header.TestTimeAugmentation;

        public override (byte[] Bytes, OnnxSignature Signature) ForScoring(
            ImageShape shape, OutputActivation activation, TestTimeAugmentation augmentation, bool embedding) =>
            augmentation == header.TestTimeAugmentation
                ? (OnnxFile.WithPlanarInput(bytes, header.Signature, Name), header.Signature)
                : base.ForScoring(shape, activation, augmentation, embedding);

        public override void Write(Stream stream, OnnxExportOptions options)
        {
            if (options.TestTimeAugmentation == header.TestTimeAugmentation) stream.Write(bytes);
            else base.Write(stream, options);
        }

        public override void Dispose()
        {
            if (_network.IsValueCreated) _network.Value.Dispose();
        }
    }
}
