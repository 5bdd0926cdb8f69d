using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;

namespace Classify;

/// <summary>The main job: photos on disk → pipeline → probabilities.</summary>
internal static class Job
{
    /// <summary>Prints the likeliest classes of each photo; 1 where one could not be used.</summary>
    public static int Run(Settings settings, CancellationToken cancel)
    {
        if (settings.Top < 1)
            throw new ArgumentException($"--top is {settings.Top}; it must be 1 or more.");
        var photos = Photos.Find(settings.Images);
        foreach (var bad in photos.Unusable)
            Terminal.Unusable(bad);
        if (photos.Usable.Count == 0)
            throw new ArgumentException("There is no photo to classify. Give the paths of photos, or of folders that hold some.");

        var ml = new MLContext();
        var (classify, preprocessing) = Classifier(ml, settings, cancel);

        // This is the whole pipeline.
        var pipeline = ml.Transforms.LoadUprightImages("Image", nameof(Photo.Path))
            .Append(ml.Transforms.PrepareImages("Features", "Image", preprocessing, PrepareImagesMode.Exact))
            .Append(classify);

        var rows = ml.Data.LoadFromEnumerable(photos.Usable);
        using var model = pipeline.Fit(rows);
        var names = model.LastTransformer.LabelNames;
        foreach (var result in ml.Data.CreateEnumerable<Result>(model.Transform(rows), reuseRowObject: true))
        {
            cancel.ThrowIfCancellationRequested();
            Terminal.Show(result.Path, result.Score.Select((probability, i) => (names[i], probability)).OrderByDescending(x => x.probability).Take(settings.Top));
        }
        return photos.Unusable.Count == 0 ? 0 : 1;
    }

    private static (ClassifyImagesEstimator, Preprocessing) Classifier(MLContext ml, Settings settings, CancellationToken cancel)
    {
        var options = new ClassifyImagesOptions { Device = settings.Device, ScoringEngine = settings.Engine, ScoringBatchSize = 8 };
        if (!Path.Exists(settings.Weights))
        {
            var weights = Pretrained.Get(settings.Weights);
            var cache = new WeightsCache(settings.Cache);
            // With a progress bar; the pipeline then finds the file.
            Terminal.Downloading(progress => weights.GetFile(cache, progress, cancel));
            return (ml.Transforms.ClassifyImages(weights, options, cache), weights.Preprocessing);
        }

        // A file that the registry knows needs no more options, wherever it is.
        if (settings.Arch is null && Pretrained.List().FirstOrDefault(known => known.Source.FileName == Path.GetFileName(settings.Weights)) is { } published)
            return (ml.Transforms.ClassifyImages(published.Specification, published.Load(settings.Weights), published.Labels, options), published.Preprocessing);
        return OwnWeights(ml, settings, options);
    }

    private static (ClassifyImagesEstimator, Preprocessing) OwnWeights(MLContext ml, Settings settings, ClassifyImagesOptions options)
    {
        if (settings.Arch is null)
            throw new ArgumentException($"Which network is '{settings.Weights}' for? Give --arch, one of: {string.Join(", ", NetworkPresets.Names)}.");
        var weights = WeightsFile.Read(settings.Weights);
        var classes = weights.Values.LastOrDefault(tensor => tensor.Shape.Length == 2)?.Shape[0]
            ?? throw new InvalidDataException($"'{settings.Weights}' has no classifier (a linear layer); it cannot name classes.");
        IReadOnlyList<string> labels = settings.Labels is { } file ? [.. File.ReadLines(file).Where(line => line.Length > 0)] : ImageNetLabels.Names;
        if (labels.Count != classes)
            throw new ArgumentException(settings.Labels is null
                ? $"'{settings.Weights}' is for {classes} classes. Name them: --labels FILE, a line each, in the order of the network's outputs."
                : $"'{settings.Labels}' has {labels.Count} names, but '{settings.Weights}' is for {classes} classes.");

        var specification = NetworkPresets.Get(settings.Arch, labels.Count);
        var side = specification.InputSize;
        return (ml.Transforms.ClassifyImages(specification, weights, labels, options), side == 224 ? Preprocessing.ImageNet : Preprocessing.Square(side));
    }

    /// <summary>What the pipeline says of a photo.</summary>
    private sealed class Result
    {
        public string Path { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
