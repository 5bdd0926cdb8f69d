namespace ResNet.Core;

/// <summary>
/// Trains a network's classifier on features that were computed before, by <see cref="FeatureExtractor"/> with
/// <see cref="FeatureLayer.Embedding"/>: what <see cref="Trainer"/> does with <see cref="TrainingMode.HeadOnly"/>, without a pass of the
/// backbone in every epoch. Features are standardised for the training, which is folded into the classifier's weights: so weight decay
/// acts on the weights of standardised features. One run at a time; not for use from several threads.
/// </summary>
/// <param name="network">The network. Its classifier is changed in place, starting from the weights that it has. It stays the caller's.</param>
/// <param name="options">How to train. Augmentation has no part: give augmented views as features. Checkpoints are not written.</param>
public sealed class HeadTrainer(ClassificationNetwork network, TrainingOptions options)
{
    /// <summary>Runs the training. Afterwards the network is in eval mode.</summary>
    /// <param name="train">The features to learn from; their arrays are standardised in place.</param>
    /// <param name="validation">Features to measure on after each epoch, standardised in place, too; null (default): none.</param>
    /// <param name="progress">As for <see cref="Trainer.Fit"/>.</param>
    /// <param name="cancellationToken">As for <see cref="Trainer.Fit"/>.</param>
    /// <returns>The metrics of each epoch.</returns>
    /// <exception cref="ArgumentException">Features, network and options do not fit together; the message says how.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the first step: the weights are unchanged.</exception>
    /// <exception cref="TrainingDivergedException">The loss is not finite in the first epoch: the weights are unchanged.</exception>
    public TrainingResult Fit(
        FeatureSet train, FeatureSet? validation = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        using var images = Images(train);
        using var measured = validation is null ? null : Images(validation);
        if (train.Features.Count == 0)
        {
            throw new ArgumentException("The training data has no images.", nameof(train));
        }

        var standardization = new Standardization(train.Features);
        standardization.Apply(train.Features);
        standardization.Apply(validation?.Features ?? []);
        using var head = new HeadNetwork(new HeadSpecification(network.Specification));
        standardization.Unfold(network.Head, head.Head);
        var frozen = options with { Augmentation = Augmentation.None, Checkpoint = null, Precision = Precision.Float32, Mode = new Planned(options) };
        var result = new Trainer(head, frozen).Fit(images, measured, progress, cancellationToken);
        standardization.Fold(head.Head, network.Head);
        network.eval();
        return result;
    }

    private InMemoryImageDataset Images(FeatureSet set) => new(
        set.Features.Select(features => (ReadOnlyMemory<float>)features), set.Labels, network.Specification.Features, height: 1, width: 1);

    // The mode's own plan: it is made for networks of more than one layer group, and here the head is all there is.
    private sealed class Planned(TrainingOptions options) : TrainingMode
    {
        public override IReadOnlyList<TrainingStage> Stages(TrainingOptions _, int layerGroups) =>
            [.. options.Mode.Stages(options, 2).Select(stage => stage with { TrainedGroups = 1 })];
    }
}
