using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>One optimiser step: forward and backward pass of a batch, in parts where it does not fit into memory.</summary>
internal sealed class TrainingStep(ClassificationNetwork network, NetworkOptimizer optimizer, Objective objective, MicroBatches parts, int seed, ScalarType maps)
{
    /// <summary>Changes the weights.</summary>
    /// <param name="batch">The images; they stay the caller's.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="number">The step's number in the run, for its randomness.</param>
    /// <returns>Mean loss and number of correct images in one tensor, so that one read fetches both.</returns>
    public Tensor Run(ImageBatch batch, double rate, long number)
    {
        using var scope = NewDisposeScope();
        var total = objective.Total(batch.Labels);
        var outcome = zeros(2, device: batch.Pixels.device);
        parts.Run(
            batch.Pixels.shape[0],
            start: () =>
            {
                // The module's zero_grad lets go of the gradients; the optimiser's would fill them with zeros and add to those.
                network.zero_grad();
                network.Noise.Start(seed, number);
                outcome.zero_();
            },
            part: (first, images) =>
            {
                using var inner = NewDisposeScope();
                using var precision = network.ComputeMapsIn(maps);
                var targets = batch.Labels.narrow(0, first, images);
                var logits = network.call(batch.Pixels.narrow(0, first, images));
                var loss = objective.Sum(logits, targets) / total;
                loss.backward();
                outcome.add_(stack([loss.detach(), objective.Correct(logits, targets)]));
            });
        optimizer.Step(rate);
        return outcome.MoveToOuterDisposeScope();
    }

    /// <summary>Mean loss and number of correct images as they are, without a step.</summary>
    /// <param name="batch">The images; they stay the caller's.</param>
    /// <param name="ranking">Where to put the scores; null: nowhere.</param>
    public Tensor Measure(ImageBatch batch, RankingMeter? ranking)
    {
        var before = ranking?.Count ?? 0;
        using var scope = NewDisposeScope();
        var (plain, outcome) = (objective.Plain, zeros(2, device: batch.Pixels.device));
        var total = plain.Total(batch.Labels);
        parts.Run(
            batch.Pixels.shape[0],
            start: () =>
            {
                outcome.zero_();
                ranking?.Truncate(before);
            },
            part: (first, images) =>
            {
                using var inner = NewDisposeScope();
                var targets = batch.Labels.narrow(0, first, images);
                var logits = network.call(batch.Pixels.narrow(0, first, images));
                outcome.add_(stack([plain.Sum(logits, targets) / total, plain.Correct(logits, targets)]));
                ranking?.Add(logits, targets);
            });
        return outcome.MoveToOuterDisposeScope();
    }
}
