using ResNet.Core;

namespace Experiments;

/// <summary>Shortcut options A, B and C (He et al. 2015, 4.1).</summary>
internal sealed class ShortcutsExperiment : IExperiment
{
    public string Name => "shortcuts";

    public string Description => "Shortcut options A (padding), B (projection where the shape changes) and C (projection everywhere).";

    public Results Run(Settings settings, Action<string> log, CancellationToken cancel)
    {
        var depth = settings.Pick(8, 20, 56);
        var data = ImageData.Load(settings, settings.Pick(32, 10_000, 60_000), settings.Pick(16, 2_000, 10_000));
        var comparison = new Comparison(data, settings, settings.Pick(1, 5, 164), log, cancel);
        foreach (var option in new[] { ShortcutOption.A, ShortcutOption.B, ShortcutOption.C })
            comparison.Train(ResNetPresets.Cifar(depth) with { Name = NameOf(option), Shortcut = option });
        var (a, b, c) = (comparison.TestError(NameOf(ShortcutOption.A)), comparison.TestError(NameOf(ShortcutOption.B)), comparison.TestError(NameOf(ShortcutOption.C)));
        return new Results(
        [
            new("Option B often does better than A, as it learns the projection.",
                $"Test error {b:P1} of B against {a:P1} of A on {data.Test.Count:N0} images, depth {depth}.", ErrorRates.IsLower(b, a, data.Test.Count)),
            Finding.Of("The options differ little: projections are not essential.",
                $"Test errors A {a:P1}, B {b:P1}, C {c:P1} (little: at most 2 points).", Math.Max(a, Math.Max(b, c)) - Math.Min(a, Math.Min(b, c)) <= 0.02),
        ],
        [comparison.TestErrorChart(Name, "Test error by shortcut option")],
        [comparison.Table(Name)]);

        string NameOf(ShortcutOption option) => $"resnet{depth}-{option}";
    }
}
