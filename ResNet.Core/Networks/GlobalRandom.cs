using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// torch's initialisers draw from its global generator alone. This seeds it for a while and puts its state back after.
/// One at a time: seeded constructions wait for one another.
/// </summary>
internal sealed class GlobalRandom : IDisposable
{
    private static readonly Lock Gate = new();
    private readonly Tensor? before;

    private GlobalRandom(int? seed)
    {
        if (seed is null)
        {
            return;
        }

        Gate.Enter();
        before = get_rng_state().DetachFromDisposeScope();
        using var generator = new Generator((ulong)seed.Value);
        using var state = generator.get_state();
        set_rng_state(state);
    }

    /// <summary>Until it is disposed of, torch's global CPU generator runs from <paramref name="seed"/>; null leaves it alone.</summary>
    public static GlobalRandom Seeded(int? seed) => new(seed);

    public void Dispose()
    {
        if (before is null)
        {
            return;
        }

        set_rng_state(before);
        before.Dispose();
        Gate.Exit();
    }
}
