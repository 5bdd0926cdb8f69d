namespace ResNet.Core;

/// <summary>
/// How to train on from published weights on images of one's own, from dozens to many thousands, so that nothing needs to be tuned or
/// held back: no validation images choose an epoch. What each reaches is in the documentation.
/// </summary>
public static class TransferRecipe
{
    // Up to so many images say little of what lower layers should see; and the batches, from few images to many.
    private const int FewImages = 2_000, SmallestBatch = 8, LargestBatch = 64;

    // Steps that a classifier needs to fit standardised features, and the range of epochs that they may make.
    private const int Steps = 600, ProbeBatch = 16, FewestEpochs = 10, MostEpochs = 60;

    /// <summary>
    /// The classifier alone, as logistic regression on standardised features: gradient descent to near its optimum, with an L2 penalty of
    /// features / (64 × images). That is a prior by which logits vary by 8, however many features there are; it matters where images are few.
    /// </summary>
    /// <param name="images">Training images, at least 1.</param>
    /// <param name="network">The network, for the number of its features.</param>
    public static TrainingOptions Frozen(int images, NetworkSpecification network)
    {
        ArgumentNullException.ThrowIfNull(network);
        OptionCheck.AtLeast(1, images, nameof(images));
        return new()
        {
            Mode = TrainingMode.HeadOnly(),
            Epochs = Math.Clamp(Steps * ProbeBatch / images, FewestEpochs, MostEpochs),
            BatchSize = ProbeBatch,
            // The curvature of the loss grows with the number of features.
            LearningRate = Math.Min(0.1, 20.0 / network.Features),
            Schedule = LearningRateSchedule.CosineDecay(),
            Optimizer = new SgdOptions { WeightDecay = network.Features / (64.0 * images), BiasWeightDecay = 0 },
            KeepBest = false,
        };
    }

    /// <summary>
    /// <see cref="Frozen"/>, then more of the network together with the classifier, gently: few epochs of small steps, all batch norms as
    /// they were trained (Kumar et al. 2022: a good classifier first, or fine-tuning distorts the features). Up to 2,000 images train the
    /// last stage; more of them train all layers, the lower the slower.
    /// </summary>
    /// <param name="images">Training images, at least 1.</param>
    /// <param name="network">The network, for the number of its features.</param>
    public static TrainingOptions FineTune(int images, NetworkSpecification network)
    {
        var probe = Frozen(images, network);
        var batch = Math.Clamp(images / 40, SmallestBatch, LargestBatch);
        return new()
        {
            Mode = images <= FewImages
                ? TrainingMode.ProbeThenFineTune(probe, trainedGroups: 2)
                : TrainingMode.ProbeThenFineTune(probe, lowestRate: 0.1),
            Epochs = 3,
            BatchSize = batch,
            LearningRate = 0.001 * batch / SmallestBatch,
            Schedule = LearningRateSchedule.OneCycle(),
            Optimizer = new SgdOptions { Nesterov = true, NormWeightDecay = 0, BiasWeightDecay = 0, ClipNorm = 1 },
            Augmentation = Augmentation.Flip(),
            KeepBest = false,
        };
    }
}
