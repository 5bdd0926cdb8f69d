using ResNet.Core;
using ResNet.MLNet;

namespace TransferLearning;

/// <summary>Where training starts from, and how images are prepared for it.</summary>
internal sealed record StartingPoint(string Description, NetworkSpecification Network, Preprocessing Preprocessing, Action<ResNetClassificationTrainer.Options> Apply)
{
    private const int SizeWithoutWeights = 32;

    public static StartingPoint Of(Settings settings, CancellationToken cancel)
    {
        var weights = settings.Weights!;
        var start = weights == Settings.None ? Random(settings)
            : File.Exists(weights) ? FromFile(weights, settings)
            : Published(weights, cancel);
        return settings.Size is { } size ? start with { Preprocessing = Sized(start.Preprocessing, size) } : start;
    }

    private static StartingPoint Published(string name, CancellationToken cancel)
    {
        if (name.Contains('/') || name.Contains('\\'))
            throw new FileNotFoundException($"There is no weights file '{name}'.");
        var weights = Pretrained.Get(name);
        // With a progress bar; the trainer then finds the file.
        Terminal.Downloading(progress => weights.GetFile(progress: progress, cancellationToken: cancel));
        return new(weights.Name, weights.Specification, weights.Preprocessing, options => options.Weights = weights);
    }

    private static StartingPoint FromFile(string path, Settings settings)
    {
        var arch = settings.Arch;
        // What this sample wrote, to train on with.
        if (Path.GetExtension(path).ToLowerInvariant() is ".zip" or ".onnx")
        {
            var saved = ResNetModelFile.Read(path);
            return new($"{saved.Specification.Name} from '{path}'", saved.Specification, saved.Preprocessing ?? Usual(saved.Specification), options => options.ContinueFrom = saved);
        }
        // A file that the registry knows needs no --arch, wherever it is.
        if (arch is null && Pretrained.List().FirstOrDefault(known => known.Source.FileName == Path.GetFileName(path)) is { } published)
            return Own(path, published.Load(path), published.Specification, published.Preprocessing);
        if (arch is null)
            throw new ArgumentException($"Which network is '{path}' for? Give --arch, one of: {string.Join(", ", NetworkPresets.Names)}.");
        var specification = NetworkPresets.Get(arch);
        if (settings.Normalization is { } name)
            specification = specification with { Normalization = name == "cifar10" ? Normalization.Cifar10 : Normalization.ImageNet };
        return Own(path, WeightsFile.Read(path), specification, Usual(specification));
    }

    private static Preprocessing Usual(NetworkSpecification specification) =>
        specification.InputSize == Preprocessing.ImageNet.Crop ? Preprocessing.ImageNet : Preprocessing.Square(specification.InputSize);

    private static StartingPoint Own(string path, StateDict weights, NetworkSpecification specification, Preprocessing preprocessing) =>
        new($"{specification.Name} from '{path}'", specification, preprocessing, options => (options.Specification, options.InitialWeights) = (specification, weights));

    private static StartingPoint Random(Settings settings)
    {
        var network = NetworkPresets.Get(settings.Arch ?? "resnet20");
        return new($"{network.Name} from random weights", network, Preprocessing.Square(SizeWithoutWeights), options => options.Arch = network.Name);
    }

    // The shorter side keeps its proportion to the crop.
    private static Preprocessing Sized(Preprocessing preprocessing, int size)
    {
        if (size is < 1 or > Preprocessing.MaximumSide)
            throw new ArgumentException($"--size is {size}; it must be 1 to {Preprocessing.MaximumSide} pixels.");
        var resize = Math.Min(Preprocessing.MaximumSide, (int)Math.Round((double)size * preprocessing.Resize / preprocessing.Crop));
        return preprocessing with { Resize = resize, Crop = size };
    }
}
