using ResNet.Core;

namespace Experiments;

/// <summary>
/// Vanishing gradients: what is left of the loss's gradient on its way back through plain and residual networks, at the start of
/// training, with and without batch norm, with and without MSRA initialisation.
/// </summary>
internal sealed class GradientsExperiment : IExperiment
{
    // Less than this share of the last block's gradient at the first one counts as vanished.
    private const double Vanished = 1e-3;

    public string Name => "gradients";

    public string Description => "Vanishing gradients: gradient norm by layer, plain and residual, with and without batch norm and MSRA initialisation.";

    public Results Run(Settings settings, Action<string> log, CancellationToken cancel)
    {
        var depth = settings.Pick(14, 56, 110);
        var data = ImageData.Load(settings, settings.Pick(8, 64, 128), test: 2);
        using var batch = data.TrainBatch(settings.Pick(8, 64, 128));
        var table = new Table(Name, ["network", "batch_norm", "initialisation", "layer", "kind", "gradient_norm"]);
        List<Series> byBlock = [];
        Dictionary<string, double> ratios = [];
        foreach (var shortcut in new[] { ShortcutOption.None, ShortcutOption.A })
        {
            foreach (var (norm, msra) in new[] { (false, false), (false, true), (true, true) })
            {
                cancel.ThrowIfCancellationRequested();
                var specification = data.Fit(shortcut == ShortcutOption.None ? Depths.Plain(depth) : ResNetPresets.Cifar(depth));
                using var network = specification.Create(seed: settings.Seed);
                if (!msra)
                    GradientNorms.HalveVariance(network);
                var (blocks, layers) = GradientNorms.Of(network, batch, norm);
                var name = $"{specification.Name}, {(norm ? "batch norm" : "no norm")}, {(msra ? "MSRA" : "half MSRA")}";
                byBlock.Add(new Series(name, [.. blocks.Select((value, i) => (i + 1.0, value))], Dashed: shortcut == ShortcutOption.None));
                ratios[$"{shortcut} {norm} {msra}"] = blocks[0] / blocks[^1];
                log($"{name}: first block's gradient over the last one's {blocks[0] / blocks[^1]:0.0e+0}");
                foreach (var (i, value) in blocks.Index())
                    table.Add(specification.Name, norm, msra ? "MSRA" : "half", i + 1, "block output", value);
                foreach (var (i, value) in layers.Index())
                    table.Add(specification.Name, norm, msra ? "MSRA" : "half", i + 1, "convolution weight", value);
            }
        }

        var (vanishing, msraPlain, normPlain) = (ratios["None False False"], ratios["None False True"], ratios["None True True"]);
        var (residual, normResidual) = (ratios["A False False"], ratios["A True True"]);
        return new Results(
        [
            Finding.Of("As the gradient is propagated back through many layers, repeated multiplication makes it vanish.",
                $"plain{depth} without batch norm, weights of half MSRA's variance: the first block gets {vanishing:0.0e+0} of the last one's gradient (vanished: below {Vanished:0e+0}).", vanishing < Vanished),
            Finding.Of("Shortcuts let the gradient flow to the early layers.",
                $"resnet{depth}, the same initialisation, no batch norm: {residual:0.0e+0}; with batch norm and MSRA: {normResidual:0.0e+0}.", residual >= Vanished && normResidual >= Vanished),
            Finding.Of("MSRA initialisation keeps the gradient's size in ReLU networks.",
                $"plain{depth} without batch norm: {msraPlain:0.0e+0} with it (kept: within a factor of 100), {vanishing:0.0e+0} at half the variance.", msraPlain is > 0.01 and < 100),
            Finding.Of("Vanishing gradients are why deep plain networks are hard to train.",
                $"plain{depth} as it is trained, with batch norm and MSRA: {normPlain:0.0e+0}. {(normPlain < Vanished ? "It vanishes." : "It does not vanish (it grows, if anything), as He et al. (2015, 4.1) say too: their degradation has another cause.")}", normPlain < Vanished),
        ],
        [new Chart(Name, $"Gradient of the loss with respect to each block's output, {data.Name}", "block", "norm", byBlock, LogY: true)],
        [table]);
    }
}
