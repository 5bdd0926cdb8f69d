using ResNet.Core;

namespace Experiments;

/// <summary>Residual networks as ensembles of relatively shallow networks (Veit et al. 2016).</summary>
internal sealed class EnsembleExperiment : IExperiment
{
    public string Name => "ensemble";

    public string Description => "Ensemble view: the 2^n paths, deleted and reordered blocks of trained networks, gradients by path length.";

    public Results Run(Settings settings, Action<string> log, CancellationToken cancel)
    {
        var (deep, shallow) = (settings.Pick(14, 56, 110), settings.Pick(8, 20, 20));
        var data = ImageData.Load(settings, settings.Pick(32, 4_000, 60_000), settings.Pick(16, 1_000, 10_000));
        var epochs = settings.Pick(1, 4, 164);
        var (residual, _) = NetworkTraining.Train(data.Fit(ResNetPresets.Cifar(deep)), data, settings, epochs, log, cancel);
        using var residualNetwork = residual;
        var (plain, _) = NetworkTraining.Train(data.Fit(Depths.Plain(shallow)), data, settings, epochs, log, cancel);
        using var plainNetwork = plain;
        residual.eval();
        plain.eval();
        var chain = new ResidualChain(residual);
        Results[] parts =
        [
            Lesions.Run(chain, new ResidualChain(plain), $"resnet{deep}", $"plain{shallow}", data, settings, cancel),
            PathContributions.Run(chain, $"resnet{deep}", data, settings, log, cancel),
        ];
        return new Results([.. parts.SelectMany(p => p.Findings)], [.. parts.SelectMany(p => p.Charts)], [.. parts.SelectMany(p => p.Tables)]);
    }
}
