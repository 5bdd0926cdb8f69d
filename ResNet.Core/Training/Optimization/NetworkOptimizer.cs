using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A network's parameters in groups by depth and by weight decay, and the optimiser that changes them. Disposing of it leaves
/// the parameters, all of them trainable again.
/// </summary>
internal sealed class NetworkOptimizer : IDisposable
{
    private readonly OptimizerOptions options;
    private readonly IReadOnlyList<IReadOnlyList<Module>> layerGroups;
    private readonly List<(ParamGroup Group, int Depth, double? Decay)> groups = [];
    private readonly OptimizerHelper optimizer;
    private readonly bool[] trainable;
    private readonly Parameter[] parameters;
    private TrainingStage? stage;

    public NetworkOptimizer(ClassificationNetwork network, OptimizerOptions options)
    {
        this.options = options;
        layerGroups = LayerGroups.Of(network);
        parameters = [.. network.parameters()];
        trainable = [.. parameters.Select(parameter => parameter.requires_grad)];
        foreach (var group in Decays(network).GroupBy(found => (found.Depth, found.Decay), found => found.Parameter).OrderBy(group => group.Key.Depth))
        {
            groups.Add((NewGroup([.. group]), group.Key.Depth, group.Key.Decay));
        }

        optimizer = options switch
        {
            SgdOptions sgd => optim.SGD(groups.Select(group => (SGD.ParamGroup)group.Group), 1, sgd.Momentum, nesterov: sgd.Nesterov),
            AdamWOptions adam => optim.AdamW(groups.Select(group => (AdamW.ParamGroup)group.Group), 1, adam.Beta1, adam.Beta2, adam.Epsilon),
            _ => throw new NotSupportedException($"{options.GetType().Name} is no optimiser of this library."),
        };
    }

    public int LayerGroupCount => layerGroups.Count;

    public Device Device => parameters[0].device;

    /// <summary>What torch's optimiser remembers of each parameter, in its own order; live.</summary>
    public IReadOnlyList<OptimizerState> State => optimizer.state_dict().State;

    /// <summary>Freezes what the stage does not train, and sets its weight decay. The network's training mode is for <see cref="Train"/>.</summary>
    public void Enter(TrainingStage stage)
    {
        this.stage = stage;
        foreach (var (group, depth, decay) in groups)
        {
            SetDecay(group, decay ?? stage.WeightDecay ?? options.WeightDecay);
            foreach (var parameter in group.Parameters)
            {
                parameter.requires_grad = !IsFrozen(depth);
            }
        }
    }

    /// <summary>
    /// Training mode for the layers that are trained; eval mode for frozen ones, so that their batch norms stay as they are, and for all
    /// batch norms where the stage says so.
    /// </summary>
    public void Train(Module network)
    {
        network.train();
        var norms = stage!.KeepStatistics ? network.modules().Where(module => module is BatchNorm) : [];
        foreach (var module in layerGroups.Where((_, depth) => IsFrozen(depth)).SelectMany(modules => modules).Concat(norms))
        {
            module.eval();
        }
    }

    /// <summary>One step at this learning rate of the head; the groups below have theirs.</summary>
    public void Step(double rate)
    {
        foreach (var (group, depth, _) in groups)
        {
            group.LearningRate = rate * Math.Pow(stage!.LowestRate, (double)(layerGroups.Count - 1 - depth) / Math.Max(layerGroups.Count - 1, 1));
        }

        if (options.ClipNorm is { } longest)
        {
            torch.nn.utils.clip_grad_norm_(parameters.Where(parameter => parameter.requires_grad), longest);
        }

        optimizer.step();
    }

    public void Dispose()
    {
        optimizer.Dispose();
        foreach (var (parameter, before) in parameters.Zip(trainable))
        {
            parameter.requires_grad = before;
        }
    }

    private bool IsFrozen(int depth) => stage!.TrainedGroups is { } trained && depth < layerGroups.Count - trained;

    private ParamGroup NewGroup(Parameter[] parameters) => options is AdamWOptions
        ? new AdamW.ParamGroup(parameters, new AdamW.Options())
        : new SGD.ParamGroup(parameters, new SGD.Options());

    private static void SetDecay(ParamGroup group, double decay)
    {
        switch (group.Options)
        {
            case SGD.Options sgd: sgd.weight_decay = decay; break;
            case AdamW.Options adam: adam.weight_decay = decay; break;
        }
    }

    // Parameters that a module of one's own holds outside its children belong to the first group; what it froze itself, or has under two
    // names, comes at most once. Decay null: whatever holds for all that have none of their own.
    private IEnumerable<(Parameter Parameter, int Depth, double? Decay)> Decays(Module network)
    {
        var depths = layerGroups.SelectMany((modules, depth) => modules.SelectMany(WithAllBelow).Select(module => (module, depth)))
            .DistinctBy(found => found.module).ToDictionary(found => found.module, found => found.depth);
        return (
            from module in WithAllBelow(network)
            from named in module.named_parameters(recurse: false)
            where named.parameter.requires_grad
            let decay = module is NormBase or TorchSharp.Modules.GroupNorm or TorchSharp.Modules.LayerNorm ? options.NormWeightDecay
                : named.name == "bias" ? options.BiasWeightDecay : null
            select (named.parameter, depths.GetValueOrDefault(module), decay))
            .DistinctBy(found => (object)found.parameter, ReferenceEqualityComparer.Instance);
    }

    private static IEnumerable<Module> WithAllBelow(Module module) => module.modules().Prepend(module).Distinct();
}
