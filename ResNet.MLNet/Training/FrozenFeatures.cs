using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Training;

/// <summary>Training of the head alone: the backbone makes features of all images once, and the head learns from them.</summary>
internal sealed class FrozenFeatures(ResNetTrainerOptions options, LabelColumn label, ImageShape shape, int seed, TrainingLog log)
{
    /// <summary>Whether the options train nothing but the head, on images that are the same in every epoch.</summary>
    public static bool Suit(ResNetTrainerOptions options) =>
        options.CachedViews != 0 && options.Mixing is null && options.Checkpoint is null
        && options.Mode.Stages(options.Training, 2).All(stage => stage.TrainedGroups == 1);

    public TrainingResult Train(
        ClassificationNetwork network, (IDataView View, UnreadableRows Unreadable) trainData, (IDataView View, UnreadableRows Unreadable)? validationData)
    {
        var cancellation = options.CancellationToken;
        var labels = TrainingData.ReadLabels(trainData.View, label, TrainingData.Training, cancellation);
        TrainingData.CheckClasses(labels, label);
        var measured = validationData is { } given ? TrainingData.ReadLabels(given.View, label, TrainingData.Validation, cancellation) : null;
        var (train, held) = validationData is null && options.ValidationSetFraction > 0
            ? StratifiedSplit.Of(labels, options.ValidationSetFraction, seed)
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

        var validation = measured is not null ? Set(Enumerable.Range(0, measured.Count), others!, measured)
            : held.Length > 0 ? Set(held, features, labels)
            : null;
        return new HeadTrainer(network, options.Training with { Seed = seed }).Fit(Set(train, features, labels), validation, log, cancellation);
    }

    private FeatureSet Set(IEnumerable<int> rows, float[][][] features, IReadOnlyList<int> labels)
    {
        var all = rows.SelectMany(row => features[row].Select(view => (View: view, Label: labels[row]))).ToArray();
        return new([.. all.Select(image => image.View)], [.. all.Select(image => image.Label)], label.Names.Count);
    }
}
