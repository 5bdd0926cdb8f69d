using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Training;

/// <summary>How much of a training run is served by features of the images, which are computed once.</summary>
internal enum FeaturePart
{
    None,

    /// <summary>The epochs of the head alone that come before those of more layers.</summary>
    Start,

    Whole,
}

/// <summary>Training of the head alone: the backbone makes features of all images once, and the head learns from them.</summary>
internal sealed class FrozenFeatures(ResNetTrainerOptions options, LabelColumn label, ImageShape shape, int seed, TrainingLog log)
{
    /// <summary>
    /// The whole run where nothing but the head is trained, on images that are the same in every epoch. The run's start, where that takes
    /// fewer passes of the images through the network than there are epochs of the head alone.
    /// </summary>
    public static FeaturePart Suit(ResNetTrainerOptions options)
    {
        var training = options.Training;
        // Of a module of somebody's own there are no features.
        if (options.CachedViews == 0 || options.Specification is ModuleSpecification) return FeaturePart.None;
        if (options.Mode.Stages(training, 2).All(stage => stage.TrainedGroups == 1))
            return options.Mixing is null && options.Checkpoint is null ? FeaturePart.Whole : FeaturePart.None;
        return ProbedTrainer.ProbeEpochs(training) > ImageViews.Number(options) ? FeaturePart.Start : FeaturePart.None;
    }

    /// <summary>The run's start on features of images, and the rest on the images themselves.</summary>
    public TrainingResult Train(ClassificationNetwork network, IImageDataset train, IImageDataset? validation)
    {
        FeatureSet features;
        FeatureSet? others = null;
        using (var pass = new FeaturePass(options, network, shape, log))
        {
            features = Features(train, options.Augmentation != Augmentation.None);
            if (validation is not null) others = Features(validation, augmented: false);

            FeatureSet Features(IImageDataset images, bool augmented)
            {
                var labels = images.Labels;
                return Set(Enumerable.Range(0, images.Count), pass.Run(images, new ImageViews(options, shape, _ => augmented, seed)), labels);
            }
        }

        return new ProbedTrainer(network, options.Training with { Seed = seed }).Fit(features, others, train, validation, log, options.CancellationToken);
    }

    /// <summary>The whole run.</summary>
    public TrainingResult Train(
        ClassificationNetwork network, (IDataView View, UnreadableRows Unreadable) trainData, (IDataView View, UnreadableRows Unreadable)? validationData)
    {
        var cancellation = options.CancellationToken;
        var labels = TrainingData.ReadLabels(trainData.View, label, TrainingData.Training, cancellation);
        var all = label.Of(labels);
        label.Check(all, log.Warning);
        var measured = validationData is { } given ? TrainingData.ReadLabels(given.View, label, TrainingData.Validation, cancellation) : null;
        var (train, held) = validationData is null && options.ValidationSetFraction > 0
            ? all.Split(options.ValidationSetFraction, seed)
            : ([.. Enumerable.Range(0, labels.Count)], []);
        var augmented = options.Augmentation == Augmentation.None ? [] : train.ToHashSet();
        log.Info($"{train.Length} images of {shape}, {label.Names.Count} classes, {measured?.Count ?? held.Length} images for validation");

        float[][][] features;
        float[][][]? others = null;
        using (var pass = new FeaturePass(options, network, shape, log))
        {
            features = pass.Run(trainData.View, trainData.Unreadable, label, labels, new ImageViews(options, shape, augmented.Contains, seed));
            if (validationData is { } view) others = pass.Run(view.View, view.Unreadable, label, measured!, new ImageViews(options, shape, _ => false, seed));
        }

        var validation = measured is not null ? Set(Enumerable.Range(0, measured.Count), others!, label.Of(measured))
            : held.Length > 0 ? Set(held, features, all)
            : null;
        return new HeadTrainer(network, options.Training with { Seed = seed }).Fit(Set(train, features, all), validation, log, cancellation);
    }

    private static FeatureSet Set(IEnumerable<int> rows, float[][][] features, ImageLabels labels)
    {
        var all = rows.SelectMany(row => features[row].Select(view => (View: view, Row: row))).ToArray();
        return new([.. all.Select(image => image.View)], labels.Select(all.Select(image => image.Row)));
    }
}
