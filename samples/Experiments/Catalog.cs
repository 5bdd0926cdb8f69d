namespace Experiments;

/// <summary>Every experiment, in the order of the help.</summary>
internal static class Catalog
{
    public static IReadOnlyList<IExperiment> All { get; } =
    [
        new EulerExperiment(),
        new GradientsExperiment(),
        new EnsembleExperiment(),
        new DegradationExperiment(),
        new StochasticDepthExperiment(),
        new ShortcutsExperiment(),
        new PreActivationExperiment(),
    ];
}
