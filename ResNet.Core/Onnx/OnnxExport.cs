using System.Text.Json;
using Google.Protobuf;
using ResNet.Core.Onnx;

namespace ResNet.Core;

/// <summary>
/// Writes networks as ONNX (opset 17): pixels 0..255 in, normalisation inside, logits, probabilities and the likeliest
/// class out (of several classes an image: those above their thresholds), a batch of any size. Weights keep their names of the state_dict, and batch norms stay as they are
/// (runtimes fold them), so that the same file serves and trains on: <see cref="OnnxFile"/> reads it back.
/// </summary>
public static class OnnxExport
{
    /// <summary>The version of ONNX's default operators that files are written in.</summary>
    public const int Opset = 17;

    // ONNX 1.12, the first release with opset 17, has intermediate representation 8.
    internal const int IrVersion = 8;

    /// <summary>Writes the network to a file.</summary>
    /// <param name="network">The network; it is written as it is in eval mode, from whatever device.</param>
    /// <param name="path">The file, usually <c>*.onnx</c>; replaced if it exists, and only once the new one is complete.</param>
    /// <param name="options">Names, labels, preprocessing. Default: <see cref="OnnxExportOptions"/>'s.</param>
    /// <exception cref="ArgumentException">An option does not suit the network.</exception>
    /// <exception cref="NotSupportedException">The network is not of float32, or has a module that cannot be exported.</exception>
    public static void SaveOnnx(this ClassificationNetwork network, string path, OnnxExportOptions? options = null)
    {
        Replace(path, file => network.SaveOnnx(file, options));
    }

    /// <summary>Writes the network to a stream.</summary>
    /// <param name="network">The network; it is written as it is in eval mode, from whatever device.</param>
    /// <param name="stream">Where to write; it stays open.</param>
    /// <param name="options">Names, labels, preprocessing. Default: <see cref="OnnxExportOptions"/>'s.</param>
    /// <inheritdoc cref="SaveOnnx(ClassificationNetwork, string, OnnxExportOptions?)" path="/exception"/>
    public static void SaveOnnx(this ClassificationNetwork network, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        Check(network.Specification, options);
        var model = new ModelProto { Graph = Graph(network, options) };

        // Two messages of one type after each other are one message, so the metadata can stand first and be read without the weights.
        Head(network.Specification, options).WriteTo(stream);
        model.WriteTo(stream);
    }

    /// <summary>Writes a file; one that exists is replaced only once the new one is complete.</summary>
    internal static void Replace(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var partial = path + ".partial";
        try
        {
            using (var file = File.Create(partial))
            {
                write(file);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>A model that says what wrote it, and in which operators; without a graph.</summary>
    internal static ModelProto NewModel() => new()
    {
        IrVersion = IrVersion,
        ProducerName = "ResNet.MLNet",
        ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version?.ToString(3) ?? "",
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
    };

    /// <summary>The input as planar floats, whatever the signature says it is.</summary>
    internal static string PlanarFloats(OnnxGraph graph, OnnxSignature signature)
    {
        var x = signature.Input;
        if (signature.Bytes)
        {
            x = graph.Node("Cast", [x], ("to", (long)TensorProto.Types.DataType.Float));
        }

        return signature.Layout == PixelLayout.Interleaved ? graph.Node("Transpose", [x], ("perm", new long[] { 0, 3, 1, 2 })) : x;
    }

    private static ModelProto Head(NetworkSpecification specification, OnnxExportOptions options)
    {
        var head = NewModel();
        if (options.Labels is not null || options.Signature.Activation == OutputActivation.Sigmoid)
        {
            head.OpsetImport.Add(SlotNames.Import());
        }

        var entries = new Dictionary<string, string>
        {
            [OnnxMetadata.Format] = OnnxMetadata.CurrentFormat,
            [OnnxMetadata.Specification] = specification.ToJson(),
            [OnnxMetadata.Signature] = options.Signature.ToJson(),
        };
        if (options.Labels is { } labels)
        {
            entries[OnnxMetadata.Labels] = OnnxMetadata.ToJson(labels);
        }

        if (options.Thresholds is { } thresholds)
        {
            entries[OnnxMetadata.Thresholds] = JsonSerializer.Serialize(thresholds);
        }

        if (options.Preprocessing is { } preprocessing)
        {
            entries[OnnxMetadata.Preprocessing] = preprocessing.ToJson();
        }

        if (options.TestTimeAugmentation is not TestTimeAugmentation.None and var views)
        {
            entries[OnnxMetadata.TestTimeAugmentation] = views.ToString();
        }

        head.MetadataProps.AddRange(entries.Concat(options.Metadata).Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return head;
    }

    private static GraphProto Graph(ClassificationNetwork network, OnnxExportOptions options)
    {
        var (specification, signature) = (network.Specification, options.Signature);
        var proto = new GraphProto { Name = specification.Name };
        var graph = new OnnxGraph(proto);
        signature.Reserve(graph);

        var views = Views(specification, options);
        var (embedding, logits) = network.ExportHead(graph, graph.Views(PlanarFloats(graph, signature), views));
        graph.Output(signature.Logits, "Identity", [graph.MeanOverViews(logits, views.Length, specification.Classes)]);
        (string, (string, object)[]) activation = signature.Activation == OutputActivation.Softmax ? ("Softmax", [("axis", 1)]) : ("Sigmoid", []);
        var (name, attributes) = activation;
        if (views.Length == 1)
        {
            graph.Output(signature.Probabilities, name, [signature.Logits], attributes);
        }
        else
        {
            var each = graph.Node(name, [logits], attributes);
            graph.Output(signature.Probabilities, "Identity", [graph.MeanOverViews(each, views.Length, specification.Classes)]);
        }

        OnnxOutputs.Add(proto, graph, signature, specification.Classes, options.Labels, options.Thresholds);
        if (signature.Embedding is { } output)
        {
            graph.Output(signature.EmbeddingBatch!, "Identity", [graph.MeanOverViews(embedding ?? throw network.NoFeatures(), views.Length, specification.Features)]);
            graph.Output(output, "Reshape", [signature.EmbeddingBatch!, graph.Constant(-1L)]);
        }

        proto.Input.Add(OnnxValue.Input(specification, signature));
        proto.Output.AddRange(OnnxValue.Outputs(specification, signature));
        return proto;
    }

    private static void Check(NetworkSpecification specification, OnnxExportOptions options)
    {
        var signature = options.Signature.Validate();
        specification.CheckImages(specification.InputChannels, signature.Height ?? specification.InputSize, signature.Width ?? specification.InputSize);
        if (options.TestTimeAugmentation != TestTimeAugmentation.None && signature.AnySize)
        {
            throw new ArgumentException("Test-time augmentation needs images of a fixed size; leave AnySize false.", nameof(options));
        }

        Views(specification, options);
        if (options.Labels is { } labels && labels.Count != specification.Classes)
        {
            throw new ArgumentException($"There are {labels.Count} labels, but {specification.Name} has {specification.Classes} classes; they must be as many.", nameof(options));
        }

        if (options.Thresholds is { } thresholds && (signature.Activation != OutputActivation.Sigmoid || thresholds.Count != specification.Classes))
        {
            throw new ArgumentException(
                $"Thresholds are for {nameof(OutputActivation)}.{OutputActivation.Sigmoid}, one for each of the {specification.Classes} classes; " +
                $"here are {thresholds.Count}, with {signature.Activation}.", nameof(options));
        }

        if (options.Metadata.Keys.FirstOrDefault(key => key is OnnxMetadata.Format or OnnxMetadata.Specification or OnnxMetadata.Labels
            or OnnxMetadata.Preprocessing or OnnxMetadata.Signature or OnnxMetadata.TestTimeAugmentation or OnnxMetadata.Thresholds) is { } taken)
        {
            throw new ArgumentException($"The metadata key '{taken}' is the library's own; choose another.", nameof(options));
        }
    }

    private static TestTimeView[] Views(NetworkSpecification specification, OnnxExportOptions options) => TestTimeView.Of(
        options.TestTimeAugmentation, options.Signature.Height ?? specification.InputSize, options.Signature.Width ?? specification.InputSize, specification.InputSize);
}
