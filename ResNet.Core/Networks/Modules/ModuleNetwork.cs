using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>A TorchSharp module of one's own as a network; <see cref="ModuleSpecification"/> makes it. Weights have the module's own names.</summary>
/// <remarks>
/// Where the head can be told apart, it is the last of the module's children with weights, whose last Linear layer has as many outputs as there are
/// classes. Forward passes in eval mode may run on several threads at once if the module's own may.
/// </remarks>
public sealed class ModuleNetwork : ClassificationNetwork
{
    // Each belongs to one network, which disposes of it; the table keeps none alive.
    private static readonly ConditionalWeakTable<Module, object> Taken = [];

    internal ModuleNetwork(ModuleSpecification specification, Module<Tensor, Tensor>? module, Device? device, int? seed)
        : base(nameof(ModuleNetwork), seed)
    {
        Specification = specification;
        Module = module ?? throw Unusable("null; it must return a module");
        if (!Taken.TryAdd(module, this))
        {
            throw Unusable($"the same {specification.Name} twice; it must make a new module at each call, as classes => new {specification.Name}(classes) does");
        }

        var weights = module.parameters().Where(parameter => parameter.is_floating_point()).ToArray();
        if (weights.Length == 0)
        {
            throw Unusable($"a {specification.Name} without parameters, so there is nothing to train; are its layers registered (RegisterComponents)?");
        }

        if (weights.FirstOrDefault(weight => weight.dtype != ScalarType.Float32) is { } other)
        {
            throw Unusable($"a {specification.Name} with weights of {other.dtype}, but images come as Float32; convert it with .to(torch.ScalarType.Float32)");
        }

        register_module("module", module);
        this.to(device ?? CPU);
        Parts = Groups(module);
        HeadName = FindHead();
    }

    /// <inheritdoc/>
    public override ModuleSpecification Specification { get; }

    /// <summary>The module itself. It belongs to this network.</summary>
    public Module<Tensor, Tensor> Module { get; }

    /// <summary>0: the library does not know a module's feature maps.</summary>
    public override int StageCount => 0;

    /// <summary>The module's children by depth, each with the small ones behind it; the last is the head, if there is one.</summary>
    internal IReadOnlyList<IReadOnlyList<Module>> Parts { get; }

    internal override string? HeadName { get; }

    // Modules may view their tensors as they lie in memory.
    internal override bool IsChannelsLast => false;

    /// <summary>Its layers take weights of the type of their input alone.</summary>
    internal override bool TrainsInBFloat16 => false;

    private protected override Linear Classifier => Module.named_modules().FirstOrDefault(named => named.name == HeadName).module as Linear
        ?? throw new NotSupportedException($"{Specification.Name} has no classifier that can be told apart from its other layers.");

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var pixels = Prepare(input);
        // Where nothing was converted, they are still the caller's, and the module may work in place.
        var own = Specification.Normalization is null && input.dtype == ScalarType.Float32 ? pixels.clone() : pixels;
        // What the module draws itself, as for dropout, repeats from the run's seed.
        using var random = GlobalRandom.Seeded(training ? Noise.NextSeed() : null);
        return Module.call(own)?.MoveToOuterDisposeScope()!;
    }

    /// <inheritdoc/>
    public override Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null) =>
        Module.state_dict(destination, prefix);

    /// <summary>Two black images pass through, and one, so that what does not fit shows before the training.</summary>
    internal override void Try(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        eval();
        Try(2, height, width);
        Try(1, height, width);
    }

    private void Try(int images, int height, int width)
    {
        var batch = $"{images}×{Specification.InputChannels}×{height}×{width}";
        Tensor? logits;
        try
        {
            logits = call(zeros(images, Specification.InputChannels, height, width, device: Module.parameters().First().device));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new ArgumentException(
                $"{Specification.Name} fails on a batch of {batch}: {error.Message.Split('\n')[0].TrimEnd('.')}. " +
                "Give it images of the size that it is made for, or make its layers fit this one.", error);
        }

        if (logits is null || !logits.shape.SequenceEqual([images, Specification.Classes]) || logits.dtype != ScalarType.Float32)
        {
            throw new ArgumentException(
                $"{Specification.Name} returned {(logits is null ? "null" : $"[{string.Join(", ", logits.shape)}] of {logits.dtype}")} for a batch of {batch}, " +
                $"but it must return logits N×Classes, here [{images}, {Specification.Classes}] of Float32: a value for each class, without softmax. " +
                "The function that makes it is given the number of classes.");
        }
    }

    internal override (string? Embedding, string Logits) ExportHead(OnnxGraph graph, string input, string prefix = "") =>
        (null, graph.Call(Module, graph.Normalize(input, Specification.Normalization), prefix.TrimEnd('.')));

    private protected override Tensor Extract(Tensor x, DisposeScope scope) => throw NoFeatures();

    private protected override string Export(OnnxGraph graph, string x, string prefix) => throw NoFeatures();

    // A wrapper around one child is passed over; otherwise a child with weights (not only a norm's) begins a group.
    private static IReadOnlyList<IReadOnlyList<Module>> Groups(Module module)
    {
        var children = module.named_children().Select(child => child.module).ToArray();
        var weighty = children.Where(child => child.parameters().Any(parameter => parameter.dim() > 1)).ToArray();
        if (weighty is [var only] && only.named_children().Any())
        {
            return Groups(only);
        }

        var groups = new List<List<Module>>();
        foreach (var child in children)
        {
            if (groups.Count == 0 || (child.parameters().Any(parameter => parameter.dim() > 1) && groups[^1].Any(weighty.Contains)))
            {
                groups.Add([]);
            }

            groups[^1].Add(child);
        }

        return groups.Count > 0 ? groups : [[module]];
    }

    private string? FindHead()
    {
        var last = Parts[^1].SelectMany(module => module.modules().Prepend(module)).OfType<Linear>().LastOrDefault();
        return last?.out_features == Specification.Classes ? Module.named_modules().First(named => named.module == last).name : null;
    }

    private static InvalidOperationException Unusable(string what) => new($"The function that makes the module returned {what}.");
}
