using ResNet.Core;

namespace ResNet.MLNet.Training;

/// <summary>Which network the options ask for, fitted to the data's shape and classes.</summary>
internal static class NetworkChoice
{
    /// <summary>The longest side, in pixels, of images that the CIFAR networks suit better than the ImageNet ones.</summary>
    private const int LargestSmall = 64;

    public static NetworkSpecification For(ResNetTrainerOptions options, ImageShape shape, int classes)
    {
        if (options.Weights is { } weights && (options.Arch ?? options.Specification?.Name) is { } other)
            throw new ArgumentException($"Weights are {weights.Name}, whose network is {weights.Architecture}, but {other} is asked for, too; leave Arch and Specification null.");
        if (options.Weights is not null && options.ContinueFrom is not null)
            throw new ArgumentException("Weights and ContinueFrom are both set, but a network starts from one of them; leave the other null.");
        if (options.InitialWeights is not null && (options.Weights is not null || options.ContinueFrom is not null))
            throw new ArgumentException("InitialWeights and Weights or ContinueFrom are set, but a network starts from one of them; leave the others null.");
        var side = Math.Max(shape.Height, shape.Width);
        var specification = options.ContinueFrom is { } saved ? Continuation.Specification(options, saved, shape)
            : Asked(options, shape) ?? options.Weights?.Specification ?? Preset(options.Arch ?? (side <= LargestSmall ? "resnet20" : "resnet18"), shape.Channels);
        specification = specification with
        {
            Classes = classes,
            InputSize = Math.Min(shape.Height, shape.Width),
            HeadDropout = options.HeadDropout ?? specification.HeadDropout,
        };
        if (options.SurvivalProbability is { } survival)
        {
            specification = specification is ResNetSpecification residual
                ? residual with { SurvivalProbability = survival }
                : throw new ArgumentException($"{specification.Name} has no residual blocks for stochastic depth; leave SurvivalProbability null.");
        }
        if (specification is ModuleSpecification && options.EmbeddingColumnName is { } embedding)
            throw new ArgumentException($"The column '{embedding}' cannot be made: {specification.Name} is a module of one's own, whose features this library does not know. Leave EmbeddingColumnName null.");
        specification.CheckImages(shape.Channels, shape.Height, shape.Width);
        return specification.Validate();
    }

    /// <summary>The options' own specification. A module takes what channels it takes: that shows when it is tried.</summary>
    public static NetworkSpecification? Asked(ResNetTrainerOptions options, ImageShape shape) =>
        options.Specification is ModuleSpecification module ? module with { InputChannels = shape.Channels } : options.Specification;

    /// <summary>Presets are for colour images; for grey ones there is no customary normalisation.</summary>
    public static NetworkSpecification Preset(string name, int channels)
    {
        var preset = NetworkPresets.Get(name);
        return channels == preset.InputChannels ? preset : preset with { InputChannels = channels, Normalization = Normalization.Centered(channels) };
    }
}
