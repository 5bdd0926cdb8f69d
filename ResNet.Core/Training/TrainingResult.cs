namespace ResNet.Core;

/// <summary>What one whole epoch came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">Mean cross-entropy (label smoothing included) over the training images, as they passed.</param>
/// <param name="TrainAccuracy">Share classified correctly, 0..1, as they passed.</param>
/// <param name="ValidationLoss">Mean cross-entropy over the validation images after the epoch; null without any.</param>
/// <param name="ValidationAccuracy">Share classified correctly, 0..1, after the epoch; null without any.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="ImagesPerSecond">Training images a second, validation not counted.</param>
public sealed record EpochMetrics(
    int Epoch,
    double TrainLoss,
    double TrainAccuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    double LearningRate,
    double ImagesPerSecond);

/// <summary>What a training run came to.</summary>
/// <param name="Epochs">The epochs that were completed, in order.</param>
/// <param name="Cancelled">true: stopped on request; the network has the weights of its latest step.</param>
/// <param name="Elapsed">Duration of the run.</param>
/// <param name="Device">Where it ran, such as "cpu" or "cuda:0".</param>
public sealed record TrainingResult(IReadOnlyList<EpochMetrics> Epochs, bool Cancelled, TimeSpan Elapsed, string Device);
