using ResNet.Core;

namespace Experiments;

/// <summary>Degradation (He et al. 2015, figures 1 and 6): training errors of shallow and deep networks, plain and residual.</summary>
internal sealed class DegradationExperiment : IExperiment
{
    public string Name => "degradation";

    public string Description => "Degradation: the deeper plain network has the higher training error, the deeper residual one has not.";

    public Results Run(Settings settings, Action<string> log, CancellationToken cancel)
    {
        // Quick: in 600 steps the networks of 32 layers and more, plain or residual, are still on their way; those of 20 are not.
        int[] depths = settings.Pick<int[]>([8, 14], [8, 20], [20, 32, 44, 56, 110]);
        var data = ImageData.Load(settings, settings.Pick(32, 5_000, 60_000), settings.Pick(16, 1_000, 10_000));
        var comparison = new Comparison(data, settings, settings.Pick(1, 8, 164), log, cancel);
        foreach (var depth in depths)
        {
            comparison.Train(Depths.Plain(depth));
            comparison.Train(ResNetPresets.Cifar(depth));
        }

        var (shallow, deep) = (depths[0], depths[^1]);
        var (plainShallow, plainDeep) = (comparison.TrainError($"plain{shallow}"), comparison.TrainError($"plain{deep}"));
        var (residualShallow, residualDeep) = (comparison.TrainError($"resnet{shallow}"), comparison.TrainError($"resnet{deep}"));
        return new Results(
        [
            new("Beyond some depth, more layers give a plain network a higher training error: not overfitting, but harder optimisation.",
                $"Training error {plainShallow:P1} of plain{shallow}, {plainDeep:P1} of plain{deep}.", ErrorRates.IsLower(plainShallow, plainDeep, data.Train.Count)),
            Finding.Of("The deeper residual network's training error is no higher than the shallower one's.",
                $"Training error {residualShallow:P1} of resnet{shallow}, {residualDeep:P1} of resnet{deep} (no higher: within two standard errors).", ErrorRates.IsNotHigher(residualDeep, residualShallow, data.Train.Count)),
            new("Residual networks train better than plain ones of the same depth.",
                $"At depth {deep}: training error {residualDeep:P1} against {plainDeep:P1}.", ErrorRates.IsLower(residualDeep, plainDeep, data.Train.Count)),
        ],
        [comparison.TrainErrorChart(Name, "Training error, plain (dashed) and residual", dashed: name => name.StartsWith("plain", StringComparison.Ordinal))],
        [comparison.Table(Name)]);
    }
}
