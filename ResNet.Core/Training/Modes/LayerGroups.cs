using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A network's modules in groups by depth, from the stem to the head: ResNet has its stem, one group a stage, and the classifier.
/// Small layers between the stages, as DenseNet's transitions, join the group before them. The classifier is every network's last module.
/// Modules of one's own say themselves (<see cref="ModuleNetwork"/>).
/// </summary>
internal static class LayerGroups
{
    public static IReadOnlyList<IReadOnlyList<Module>> Of(ClassificationNetwork network)
    {
        if (network is ModuleNetwork own)
        {
            return own.Parts;
        }

        var groups = new List<List<Module>>();
        var parts = Parts(network).ToArray();
        foreach (var module in parts)
        {
            if (groups.Count == 0 || module == parts[^1] || module.modules().OfType<Conv2d>().Skip(1).Any())
            {
                groups.Add([]);
            }

            groups[^1].Add(module);
        }

        return groups;
    }

    // DenseNet keeps its parts one level down, under "features".
    private static IEnumerable<Module> Parts(Module network) =>
        network.named_children().SelectMany(child => child.name == "features" ? Parts(child.module) : [child.module]);
}
