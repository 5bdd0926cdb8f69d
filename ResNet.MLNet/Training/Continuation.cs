using ResNet.Core;

namespace ResNet.MLNet.Training;

/// <summary>Training on from a saved network.</summary>
internal static class Continuation
{
    /// <summary>The saved network's specification, after a check that the options do not ask for another one.</summary>
    public static NetworkSpecification Specification(ResNetTrainerOptions options, OnnxFile saved, ImageShape shape)
    {
        var kept = saved.Specification;
        if (kept is ModuleSpecification && options.Specification is null)
            throw new ArgumentException(
                $"ContinueFrom holds the weights of {kept.Name}, a module of somebody's own class. Train it on with Trainers.TorchModule, which is given the function that makes the module.");
        var asked = NetworkChoice.Asked(options, shape) ?? (options.Arch is { } arch ? NetworkChoice.Preset(arch, shape.Channels) : kept);
        // These are no part of the architecture.
        var alike = asked with
        {
            Name = kept.Name,
            Classes = kept.Classes,
            InputSize = kept.InputSize,
            Normalization = kept.Normalization,
            HeadDropout = kept.HeadDropout,
        };
        if (!alike.Equals(kept))
            throw new ArgumentException(
                $"ContinueFrom holds a {kept.Name} ({kept.InputChannels} channels), but {(options.Specification is null ? "Arch" : "Specification")} asks for " +
                $"{asked.Name} ({asked.InputChannels} channels), whose weights have other shapes. Leave Arch and Specification null to train the saved network on.");
        return alike;
    }

    /// <summary>Puts the saved weights into the network and says what became of the classifier.</summary>
    public static string Load(ClassificationNetwork network, OnnxFile saved, IReadOnlyList<string> labels)
    {
        var same = saved.Labels is { } before && before.SequenceEqual(labels);
        network.LoadWeights(saved.Weights, skipClassifier: !same);
        return same
            ? $"Continuing from a saved {saved.Specification.Name} with all its weights: the labels are the same"
            : $"Continuing from a saved {saved.Specification.Name} with a fresh classifier: it had {Described(saved)}, the data have {labels.Count} others or in another order";
    }

    private static string Described(OnnxFile saved) => saved.Labels is { } labels ? $"{labels.Count} labels" : "no labels";
}
