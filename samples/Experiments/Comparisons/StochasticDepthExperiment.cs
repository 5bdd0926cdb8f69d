using ResNet.Core;

namespace Experiments;

/// <summary>Stochastic against constant depth (Huang et al. 2016): test error and training time.</summary>
internal sealed class StochasticDepthExperiment : IExperiment
{
    public string Name => "stochastic-depth";

    public string Description => "Stochastic depth (linear decay to a survival probability of 0.5) against constant depth: test error and time.";

    public Results Run(Settings settings, Action<string> log, CancellationToken cancel)
    {
        var depth = settings.Pick(8, 56, 110);
        var data = ImageData.Load(settings, settings.Pick(32, 6_000, 60_000), settings.Pick(16, 2_000, 10_000));
        var comparison = new Comparison(data, settings, settings.Pick(1, 5, 500), log, cancel);
        var constant = ResNetPresets.Cifar(depth);
        var stochastic = constant with { Name = $"stochastic_depth_{constant.Name}", SurvivalProbability = 0.5 };
        comparison.Train(constant);
        comparison.Train(stochastic);
        var (error, stochasticError) = (comparison.TestError(constant.Name), comparison.TestError(stochastic.Name));
        var (seconds, stochasticSeconds) = (comparison.Seconds(constant.Name), comparison.Seconds(stochastic.Name));
        return new Results(
        [
            new("Stochastic depth gives a lower test error than constant depth.",
                $"Test error {stochasticError:P1} against {error:P1} on {data.Test.Count:N0} images, depth {depth}.", ErrorRates.IsLower(stochasticError, error, data.Test.Count)),
            Finding.Of("It trains much faster: a quarter of the residual functions is left out on average.",
                $"{stochasticSeconds:F0} s against {seconds:F0} s: {1 - (stochasticSeconds / seconds):P0} less (much: at least 15 %; the paper reports about 25 %).", stochasticSeconds <= 0.85 * seconds),
        ],
        [comparison.TestErrorChart(Name, "Test error, constant and stochastic depth")],
        [comparison.Table(Name)]);
    }
}
