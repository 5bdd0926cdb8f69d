namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One scheduler after the other; at a milestone the next one starts from its epoch 0.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;
                    private readonly int[] milestones;

                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) : base(optimizer, last_epoch + 1, false)
                    {
                        (this.schedulers, this.milestones) = ([.. schedulers], [.. milestones]);
                        if (this.schedulers.Any(s => s._optimizer != optimizer))
                            throw new ArgumentException("The SequentialLR scheduler expects all its sub-schedulers to be bound to the same optimizer.");
                        if (this.milestones.Length != this.schedulers.Length - 1)
                            throw new ArgumentException($"Received {this.schedulers.Length} schedulers and {this.milestones.Length} milestones. The SequentialLR scheduler expects the number of schedulers to be one more than the number of milestones. ");
                        // Undoes what the schedulers did when they were made.
                        foreach (var group in optimizer.ParamGroups) group.LearningRate = group.InitialLearningRate;
                        foreach (var scheduler in this.schedulers) scheduler._last_epoch--;
                        this.schedulers[0].step();
                        _last_lrs = this.schedulers[0]._last_lrs;
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var active = milestones.Length;
                        while (active > 0 && milestones[active - 1] > _last_epoch) active--;
                        if (active > 0 && milestones[active - 1] == _last_epoch) schedulers[active].step(0);
                        else schedulers[active].step();
                        return Current;
                    }
                }

                /// <summary>All schedulers at every step.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly IEnumerable<LRScheduler> schedulers;

                    public ChainedLR(IEnumerable<LRScheduler> schedulers) => this.schedulers = schedulers;

                    public override void step()
                    {
                        foreach (var scheduler in schedulers) scheduler.step();
                    }
                }

                /// <summary>Lowers the rate when a metric has not got better for more than <c>patience</c> steps.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly double factor, threshold, eps;
                    private readonly int patience, cooldown;
                    private readonly bool smaller, relative, verbose;
                    private readonly double[] floors;
                    private double best;
                    private int bad, cooling;

                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1.0) throw new ArgumentException("Factor should be < 1.0");
                        if (mode is not ("min" or "max")) throw new ArgumentException($"mode {mode} is unknown!");
                        if (threshold_mode is not ("rel" or "abs")) throw new ArgumentException($"threshold mode {threshold_mode} is unknown!");
                        (this.factor, this.patience, this.threshold, this.cooldown, this.eps, this.verbose) = (factor, patience, threshold, cooldown, eps, verbose);
                        (smaller, relative) = (mode == "min", threshold_mode == "rel");
                        floors = min_lr is { Count: > 1 } ? [.. min_lr] : [.. Enumerable.Repeat(min_lr?.FirstOrDefault() ?? 0, _base_lrs.Count)];
                        best = smaller ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    public override void step(double current, int? epoch = null)
                    {
                        _last_epoch = epoch ?? _last_epoch + 1;
                        if (Better(current)) (best, bad) = (current, 0);
                        else bad++;
                        if (cooling > 0) (cooling, bad) = (cooling - 1, 0);
                        if (bad <= patience) return;
                        Reduce();
                        (cooling, bad) = (cooldown, 0);
                    }

                    public override void step() => throw new InvalidOperationException("step() should not be used with the ReduceLROnPlateau scheduler. Use step(double, int?), instead.");

                    public override void step(int? epoch) => throw new InvalidOperationException("step(int?) should not be used with the ReduceLROnPlateau scheduler. Use step(double, int?), instead.");

                    private bool Better(double value) => (smaller, relative) switch
                    {
                        (true, true) => value < best * (1 - threshold),
                        (true, false) => value < best - threshold,
                        (false, true) => value > best * (threshold + 1),
                        _ => value > best + threshold,
                    };

                    private void Reduce()
                    {
                        foreach (var (i, group) in _optimizer.ParamGroups.Index())
                        {
                            var lower = Math.Max(group.LearningRate * factor, floors[i]);
                            if (group.LearningRate - lower <= eps) continue;
                            group.LearningRate = lower;
                            if (verbose) Console.WriteLine($"Epoch {_last_epoch}: reducing learning rate of group {i} to {lower:g4}.");
                        }
                    }
                }
            }
        }
    }
}
