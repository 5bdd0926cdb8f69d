using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>The moving average of a network's weights; see <see cref="WeightAveraging"/>.</summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly WeightAveraging options;
    private readonly Module module;
    private readonly Tensor[] live;
    private readonly Tensor[] averages;
    private readonly string[] names;

    public WeightAverage(Module module, WeightAveraging options)
    {
        (this.module, this.options) = (module, options);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        (names, live) = NamedWeights.Of(module);
        averages = [.. live.Select(tensor => tensor.clone().DetachFromDisposeScope())];
    }

    /// <summary>Optimiser steps so far.</summary>
    public long Steps { get; set; }

    /// <summary>Updates so far.</summary>
    public long Updates { get; set; }

    /// <summary>The averages by name; live.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Named => names.Zip(averages);

    /// <summary>To be called after each optimiser step.</summary>
    public void Update()
    {
        if (Steps++ % options.Steps != 0)
        {
            return;
        }

        // The first update is a copy: the weights that training started from are no part of the average.
        var decay = Updates == 0 ? 0 : options.WarmUp ? Math.Min(options.Decay, (1.0 + Updates) / (10.0 + Updates)) : options.Decay;
        Updates++;
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var (average, weight) in averages.Zip(live))
        {
            if (decay == 0 || !average.is_floating_point())
            {
                average.copy_(weight);
            }
            else
            {
                average.mul_(decay).add_(weight, 1 - decay);
            }
        }
    }

    /// <summary>The module has the averages until the result is disposed of, then its own weights again.</summary>
    public IDisposable Apply()
    {
        var own = new WeightSnapshot(module);
        CopyTo();
        return new Applied(own);
    }

    /// <summary>Gives the module the averages for good.</summary>
    public void CopyTo()
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var (average, weight) in averages.Zip(live))
        {
            weight.copy_(average);
        }
    }

    public void Dispose() => Array.ForEach(averages, average => average.Dispose());

    private sealed class Applied(WeightSnapshot own) : IDisposable
    {
        public void Dispose()
        {
            own.Restore();
            own.Dispose();
        }
    }
}
