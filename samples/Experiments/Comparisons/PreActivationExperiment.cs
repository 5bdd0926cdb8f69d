using System.Diagnostics;
using ResNet.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Experiments;

/// <summary>Pre- against post-activation at great depth (He et al. 2016): training errors, and a network of 1001 layers.</summary>
internal sealed class PreActivationExperiment : IExperiment
{
    // The computers that the memory must do for.
    private const double MostGigabytes = 24;

    public string Name => "pre-activation";

    public string Description => "Pre- and post-activation at great depth; a network of 1001 layers builds, trains a step and stays within 24 GB.";

    public Results Run(Settings settings, Action<string> log, CancellationToken cancel)
    {
        var (deep, shallow) = (settings.Pick(20, 1001, 1001), settings.Pick(11, 164, 164));
        var data = ImageData.Load(settings, settings.Pick(32, 1_500, 60_000), settings.Pick(16, 1_000, 10_000));
        var images = settings.Pick(2, 8, 32);
        var (parameters, before, after, gigabytes) = Step(data.Fit(ResNetPresets.PreActivation(deep)), data, images, settings);
        log($"preact_resnet{deep}: {parameters:N0} parameters, loss {before:F3} before and {after:F3} after a step on {images} images, {gigabytes:F1} GB at most");
        cancel.ThrowIfCancellationRequested();

        var comparison = new Comparison(data, settings, settings.Pick(1, 3, 164), log, cancel);
        var depth = settings.Pick(11, 110, 1001);
        var pre = settings.Scale == Scale.Quick ? ResNetPresets.Cifar(depth) with { Activation = ActivationOrder.PreActivation, Name = $"preact_resnet{depth}" } : ResNetPresets.PreActivation(depth);
        var post = pre with { Activation = ActivationOrder.PostActivation, Name = $"postact_resnet{depth}" };
        // Only the full depth needs parts to fit into memory.
        int? part = settings.Scale == Scale.Full ? images : null;
        comparison.Train(pre, microBatchSize: part);
        comparison.Train(post, microBatchSize: part);
        List<Finding> findings =
        [
            Finding.Of($"Pre-activation networks of {deep} layers can be trained.",
                $"preact_resnet{deep}: {parameters:N0} parameters; a step on {images} images ({data.Name}) took the loss from {before:F3} to {after:F3}, in {gigabytes:F1} GB of memory at most (must be below {MostGigabytes:F0}).",
                double.IsFinite(after) && after < before && gigabytes < MostGigabytes),
            new("At great depth, pre-activation trains better than post-activation.",
                $"Training error {comparison.TrainError(pre.Name):P1} against {comparison.TrainError(post.Name):P1} at depth {depth}.", ErrorRates.IsLower(comparison.TrainError(pre.Name), comparison.TrainError(post.Name), data.Train.Count)),
        ];
        if (settings.Scale != Scale.Quick)
        {
            comparison.Train(ResNetPresets.PreActivation(shallow) with { Name = $"preact_resnet{shallow}-shallow" }, microBatchSize: part);
            var (deepError, shallowError) = (comparison.TestError(pre.Name), comparison.TestError($"preact_resnet{shallow}-shallow"));
            findings.Add(new("The pre-activation network of 1001 layers outperforms its shallower counterparts.",
                $"Test error {deepError:P1} of preact_resnet{depth} against {shallowError:P1} of preact_resnet{shallow}.", ErrorRates.IsLower(deepError, shallowError, data.Test.Count)));
        }

        return new Results(findings, [comparison.TrainErrorChart(Name, "Training error, pre- and post-activation")], [comparison.Table(Name)]);
    }

    // The process's peak counts everything: weights, what is kept for the gradients, the runtime.
    private static (long Parameters, double Before, double After, double Gigabytes) Step(ResNetSpecification specification, ImageData data, int images, Settings settings)
    {
        using var scope = NewDisposeScope();
        using var network = specification.Create(seed: settings.Seed);
        using var batch = data.TrainBatch(images);
        using var optimizer = optim.SGD(network.parameters(), learningRate: 0.01, momentum: 0.9);
        network.train();
        var before = functional.cross_entropy(network.call(batch.Pixels), batch.Labels);
        before.backward();
        optimizer.step();
        using var untracked = no_grad();
        var after = functional.cross_entropy(network.call(batch.Pixels), batch.Labels);
        using var process = Process.GetCurrentProcess();
        return (network.parameters().Sum(parameter => parameter.numel()), before.item<float>(), after.item<float>(), process.PeakWorkingSet64 / 1e9);
    }
}
