namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up and down between two rates (Smith 2017).</summary>
                public class CyclicLR : LRScheduler
                {
                    public enum Mode
                    {
                        Triangular,
                        Triangular2,
                        ExpRange,
                    }

                    public enum ScaleMode
                    {
                        Cycle,
                        Iterations,
                    }

                    private readonly double size, up;
                    private readonly double[] tops;
                    private readonly double[]? low, high;
                    private readonly Func<double, double> scale;
                    private readonly ScaleMode scaleMode = ScaleMode.Cycle;

                    public CyclicLR(Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, PerGroup(optimizer, base_lr), PerGroup(optimizer, max_lr), step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum, PerGroup(optimizer, base_momentum), PerGroup(optimizer, max_momentum), last_epoch, verbose)
                    {
                    }

                    public CyclicLR(Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0, Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        size = step_size_up + (step_size_down == -1 ? step_size_up : step_size_down);
                        up = step_size_up / size;
                        (_base_lrs, tops) = ([.. base_lr], [.. max_lr]);
                        if (cycle_momentum)
                        {
                            if (optimizer is not IMomentum) throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                            (low, high) = ([.. base_momentum ?? PerGroup(optimizer, 0.8)], [.. max_momentum ?? PerGroup(optimizer, 0.9)]);
                        }
                        if (last_epoch == -1)
                        {
                            foreach (var (i, group) in optimizer.ParamGroups.Index())
                            {
                                group.LearningRate = _base_lrs[i];
                                if (low is not null) ((IMomentum)group).Momentum = low[i];
                            }
                        }
                        if (scale_fn is not null) scaleMode = scale_mode;
                        scale = scale_fn ?? mode switch
                        {
                            Mode.Triangular2 => cycle => 1.0 / Math.Pow(2, cycle - 1),
                            Mode.ExpRange => cycle => Math.Pow(gamma, cycle),
                            _ => cycle => 1.0,
                        };
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1.0 + _last_epoch / size);
                        var x = 1.0 + _last_epoch / size - cycle;
                        var height = x <= up ? x / up : (x - 1) / (up - 1);
                        var scaled = scale(scaleMode == ScaleMode.Cycle ? cycle : _last_epoch);
                        foreach (var (i, group) in _optimizer.ParamGroups.ToList().Index())
                        {
                            // The package counts the momentum up from its maximum.
                            if (low is not null) ((IMomentum)group).Momentum = high![i] + (high[i] - low[i]) * height * scaled;
                            yield return _base_lrs[i] + (tops[i] - _base_lrs[i]) * height * scaled;
                        }
                    }
                }

                /// <summary>Warm-up, then down to almost nothing (Smith &amp; Topin 2018).</summary>
                public class OneCycleLR : LRScheduler
                {
                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    private readonly record struct Phase(double End, double[] FromLr, double[] ToLr, double[] FromMomentum, double[] ToMomentum);

                    private readonly int steps;
                    private readonly bool cycleMomentum, cosine;
                    private readonly Phase[] phases;

                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, PerGroup(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, PerGroup(optimizer, base_momentum), PerGroup(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas)) throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                        if (pct_start is < 0 or > 1) throw new ArgumentException($"Expected float between 0 and 1 for pct_start, but got {pct_start}");
                        steps = Steps(total_steps, epochs, steps_per_epoch);
                        (cycleMomentum, cosine) = (cycle_momentum, anneal_strategy == AnnealStrategy.Cos);

                        double[] top = [.. max_lr], first = [.. top.Select(lr => lr / div_factor)], last = [.. first.Select(lr => lr / final_div_factor)];
                        double[] low = [.. base_momentum ?? PerGroup(optimizer, 0.85)], high = [.. max_momentum ?? PerGroup(optimizer, 0.95)];
                        var warm = new Phase(pct_start * steps - 1, first, top, high, low);
                        phases = three_phase
                            ? [warm, new(2 * pct_start * steps - 2, top, first, low, high), new(steps - 1, first, last, high, high)]
                            : [warm, new(steps - 1, top, last, low, high)];
                        if (last_epoch == -1 && cycle_momentum)
                        {
                            foreach (var (i, group) in optimizer.ParamGroups.Index()) SetMomentum(group, high[i]);
                        }
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch > steps)
                            throw new InvalidOperationException($"Tried to step {_last_epoch + 1} times. The specified number of total steps is {steps}");
                        return Rates();
                    }

                    private IEnumerable<double> Rates()
                    {
                        foreach (var (i, group) in _optimizer.ParamGroups.ToList().Index())
                        {
                            // The package keeps the group whose number is that of the last phase in the first phase.
                            var at = i == phases.Length - 1 ? 0 : Array.FindIndex(phases, p => _last_epoch <= p.End);
                            // One step beyond the last phase the package gives zero.
                            var (rate, momentum) = (0.0, 0.0);
                            if (at >= 0)
                            {
                                var begin = at == 0 ? 0 : phases[at - 1].End;
                                var done = (_last_epoch - begin) / (phases[at].End - begin);
                                rate = Anneal(phases[at].FromLr[i], phases[at].ToLr[i], done);
                                momentum = Anneal(phases[at].FromMomentum[i], phases[at].ToMomentum[i], done);
                            }
                            if (cycleMomentum) SetMomentum(group, momentum);
                            yield return rate;
                        }
                    }

                    private double Anneal(double from, double to, double done) =>
                        cosine ? to + (from - to) / 2.0 * (Math.Cos(Math.PI * done) + 1) : (to - from) * done + from;

                    private static void SetMomentum(ILearningRateController group, double value)
                    {
                        if (group is IBetas betas) betas.Betas = (value, betas.Betas.Item2);
                        else ((IMomentum)group).Momentum = value;
                    }

                    private static int Steps(int total, int epochs, int perEpoch)
                    {
                        if (total == -1 && epochs == -1 && perEpoch == -1) throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                        if (total != -1) return total > 0 ? total : throw new ArgumentException($"Expected positive integer total_steps, but got {total}");
                        if (epochs <= 0) throw new ArgumentException($"Expected positive integer epochs, but got {epochs}");
                        if (perEpoch <= 0) throw new ArgumentException($"Expected positive integer steps_per_epoch, but got {perEpoch}");
                        return epochs * perEpoch;
                    }
                }

                private static IEnumerable<double> PerGroup(Optimizer optimizer, double value) => Enumerable.Repeat(value, optimizer.ParamGroups.Count());
            }
        }
    }
}
