using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A network that classifies images: pixels, normalisation, feature maps, global average pooling, linear classifier.
/// <see cref="NetworkSpecification.Create"/> builds one.
/// </summary>
/// <remarks>
/// Forward passes in eval mode may run on several threads at once; anything that changes the module may not.
/// </remarks>
public abstract class ClassificationNetwork : Module<Tensor, Tensor>, IOnnxModule
{
    private protected ClassificationNetwork(string name, int? seed)
        : base(name) => Noise = new TrainingNoise(seed);

    /// <summary>What this network is.</summary>
    public abstract NetworkSpecification Specification { get; }

    /// <summary>
    /// How many stages the network has, from its stem to its last feature maps; 1 where only the last maps can be had, which is the
    /// default for a family, and 0 where none can (<see cref="ModuleNetwork"/>).
    /// </summary>
    public virtual int StageCount => 1;

    /// <summary>The randomness of this network's training steps.</summary>
    internal TrainingNoise Noise { get; }

    /// <summary>Whether the maps of a training step may be bfloat16.</summary>
    internal virtual bool TrainsInBFloat16 => true;

    // What the feature maps are computed in; the classifier's input and logits are float32 in any case.
    private ScalarType maps = ScalarType.Float32;

    /// <summary>The last layer: Features to Classes.</summary>
    private protected abstract Linear Classifier { get; }

    /// <summary>The classifier, for what trains it apart from the rest.</summary>
    internal Linear Head => Classifier;

    /// <summary>What the classifier is called in the state_dict; null where no layer can be told apart as one.</summary>
    internal virtual string? HeadName => named_children().Single(child => child.module == Classifier).name;

    /// <summary>Whether the network computes on N×H×W×C in memory, where that is faster.</summary>
    internal virtual bool IsChannelsLast => true;

    /// <summary>Pixels to logits.</summary>
    /// <param name="input">
    /// N×C×H×W, uint8 or float32, on the network's device; pixel values 0..255 where the specification has a
    /// <see cref="Normalization"/>. H and W at least the specification's stride.
    /// </param>
    /// <returns>N×Classes logits, float32; the caller owns them.</returns>
    /// <exception cref="ArgumentException">The input's shape does not fit the network.</exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return forward_head(forward_features(input)).MoveToOuterDisposeScope();
    }

    /// <summary>Pixels to the last stage's feature maps (timm's <c>forward_features</c>).</summary>
    /// <param name="input">As for <see cref="forward"/>.</param>
    /// <returns>N×Features×h×w, h = ⌈H / stride⌉, w = ⌈W / stride⌉; the caller owns it.</returns>
    public Tensor forward_features(Tensor input) => forward_stage(input, StageCount);

    /// <summary>Pixels to the feature maps that a stage ends in, as a timm network gives them with <c>features_only</c>.</summary>
    /// <param name="input">As for <see cref="forward"/>.</param>
    /// <param name="stage">1 to <see cref="StageCount"/>; the last one's are those of <see cref="forward_features"/>.</param>
    /// <returns>N×channels×h×w; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such stage, or the input's shape does not fit the network.</exception>
    public Tensor forward_stage(Tensor input, int stage)
    {
        CheckStage(stage);
        using var scope = NewDisposeScope();
        return Extract(Prepare(input), scope, stage).MoveToOuterDisposeScope();
    }

    /// <summary>Feature maps to logits (timm's <c>forward_head</c>).</summary>
    /// <param name="features">What <see cref="forward_features"/> returns.</param>
    /// <param name="pre_logits">true: return the pooled N×Features vectors, the image's embedding, instead. Default false.</param>
    /// <returns>N×Classes logits, or N×Features; the caller owns it.</returns>
    public Tensor forward_head(Tensor features, bool pre_logits = false)
    {
        using var scope = NewDisposeScope();
        // Not mean([2, 3]): the pooling passes gradients on in the layout of the features.
        var pooled = functional.adaptive_avg_pool2d(features, 1);
        pooled = pooled.dtype == ScalarType.BFloat16 ? pooled.to(ScalarType.Float32) : pooled;
        return (pre_logits ? pooled.flatten(1) : Classifier.call(Drop(pooled).flatten(1))).MoveToOuterDisposeScope();
    }

    /// <summary>Every parameter and buffer by name, in torchvision's order (a module's own, then its children's). The tensors are live; do not dispose of them.</summary>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
    {
        destination ??= [];
        Collect(this, string.IsNullOrEmpty(prefix) ? "" : prefix + ".");
        return destination;

        void Collect(Module module, string path)
        {
            foreach (var (name, parameter) in module.named_parameters(recurse: false))
            {
                destination.TryAdd(path + name, parameter);
            }

            foreach (var (name, buffer) in module.named_buffers(recurse: false))
            {
                destination.TryAdd(path + name, buffer);
            }

            foreach (var (name, child) in module.named_children())
            {
                Collect(child, $"{path}{name}.");
            }
        }
    }

    /// <inheritdoc/>
    string IOnnxModule.Export(OnnxGraph graph, string input, string prefix) => ExportHead(graph, input, prefix).Logits;

    /// <summary>Adds the nodes from pixels to N×Features (null where a network has none) and, from there, to N×Classes.</summary>
    internal virtual (string? Embedding, string Logits) ExportHead(OnnxGraph graph, string input, string prefix = "")
    {
        var features = Export(graph, graph.Normalize(input, Specification.Normalization), prefix);
        var embedding = graph.Flatten(graph.GlobalAvgPool2d(features));
        return (embedding, graph.Call(Classifier, embedding, prefix + HeadName));
    }

    /// <summary>Adds the nodes from pixels to an image's features.</summary>
    /// <returns>The name of N×channels, or of N×channels×h×w where the layer is not pooled.</returns>
    internal string ExportFeatures(OnnxGraph graph, string input, FeatureLayer layer)
    {
        var maps = Export(graph, graph.Normalize(input, Specification.Normalization), "", layer.Stage ?? StageCount);
        return layer.Pooled ? graph.Flatten(graph.GlobalAvgPool2d(maps)) : maps;
    }

    /// <summary>Lets a network whose shapes nobody knows beforehand show that it takes images of this size, on its device.</summary>
    /// <exception cref="ArgumentException">It does not; the message says what it did.</exception>
    internal virtual void Try(int height, int width)
    {
    }

    internal void CheckStage(int stage)
    {
        if (StageCount == 0)
        {
            throw NoFeatures();
        }

        if (stage < 1 || stage > StageCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(stage), stage, $"{Specification.Name} has {StageCount} stage{(StageCount == 1 ? "" : "s")}, so there is no stage {stage}.");
        }
    }

    internal NotSupportedException NoFeatures() => new(
        $"{Specification.Name} is a module of one's own, whose feature maps this library does not know: there are no features and no heatmaps of it.");

    /// <summary>What <see cref="Extract(Tensor, DisposeScope)"/> computes, in ONNX's operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="x">The name of the normalised pixels.</param>
    /// <param name="prefix">As for <see cref="IOnnxModule.Export"/>.</param>
    /// <returns>The name of the feature maps.</returns>
    private protected abstract string Export(OnnxGraph graph, string x, string prefix);

    /// <summary>The same for the first stages; families with more than one stage override it.</summary>
    private protected virtual string Export(OnnxGraph graph, string x, string prefix, int stage) => Export(graph, x, prefix);

    /// <summary>Normalised N×C×H×W pixels to the last feature maps.</summary>
    /// <param name="x">The pixels; they belong to <paramref name="scope"/>.</param>
    /// <param name="scope">What is made here belongs to it; what is no longer needed may be disposed of early.</param>
    private protected abstract Tensor Extract(Tensor x, DisposeScope scope);

    /// <summary>The same for the first stages; families with more than one stage override it.</summary>
    private protected virtual Tensor Extract(Tensor x, DisposeScope scope, int stage) => Extract(x, scope);

    /// <summary>Checked and normalised pixels; they belong to the caller's dispose scope.</summary>
    /// <exception cref="ArgumentException">The input's shape does not fit the network.</exception>
    internal Tensor Prepare(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = input.shape;
        if (shape.Length != 4)
        {
            throw new ArgumentException($"Expected a batch N×C×H×W, but the input has shape [{string.Join(", ", shape)}].", nameof(input));
        }

        Specification.CheckImages(channels: shape[1], height: shape[2], width: shape[3]);
        var x = Normalize(IsChannelsLast ? ChannelsLast.On(input) : input);
        return maps == ScalarType.Float32 ? x : x.to(maps);
    }

    /// <summary>Computes maps in that type until the result is disposed of.</summary>
    internal IDisposable ComputeMapsIn(ScalarType type)
    {
        maps = type;
        return new Undo(() => maps = ScalarType.Float32);
    }

    private Tensor Drop(Tensor features) =>
        Specification.HeadDropout > 0 && training ? Noise.Dropout(features, Specification.HeadDropout) : features;

    /// <summary>A module and all below it in the order of torchvision's: initialised in it, the same seed gives the same weights.</summary>
    private protected static IEnumerable<Module> InOrder(Module module) =>
        module.named_children().SelectMany(child => InOrder(child.module)).Prepend(module);

    // (pixel / 255 − mean) / std in one multiplication and one addition; uint8 becomes float32 on the way.
    private Tensor Normalize(Tensor pixels)
    {
        if (Specification.Normalization is not { } normalization)
        {
            return pixels.to(ScalarType.Float32);
        }

        var (scale, shift) = normalization.ScaleAndShift();
        return (pixels * PerChannel(scale)).add_(PerChannel(shift));

        Tensor PerChannel(float[] values) => tensor(values, device: pixels.device).view(1, -1, 1, 1);
    }
}
