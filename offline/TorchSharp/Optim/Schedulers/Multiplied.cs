namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            // Schedules that multiply the rate by a factor per epoch.
            public static partial class impl
            {
                public class StepLR : LRScheduler
                {
                    private readonly int size;
                    private readonly double gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (size, this.gamma) = (step_size, gamma);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(_last_epoch != 0 && _last_epoch % size == 0 ? gamma : 1);

                    protected override IEnumerable<double> get_closed_form_lr() => FromBase(Math.Pow(gamma, _last_epoch / size));
                }

                /// <summary>A milestone named twice still counts once.</summary>
                public class MultiStepLR : LRScheduler
                {
                    private readonly HashSet<int> milestones;
                    private readonly double gamma;

                    public MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (this.milestones, this.gamma) = ([.. milestones], gamma);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(milestones.Contains(_last_epoch) ? gamma : 1);

                    protected override IEnumerable<double> get_closed_form_lr() => FromBase(Math.Pow(gamma, milestones.Count(m => m <= _last_epoch)));
                }

                public class ExponentialLR : LRScheduler
                {
                    private readonly double gamma;

                    public ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        this.gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(_last_epoch == 0 ? 1 : gamma);

                    protected override IEnumerable<double> get_closed_form_lr() => FromBase(Math.Pow(gamma, _last_epoch));
                }

                public class ConstantLR : LRScheduler
                {
                    private readonly double factor;
                    private readonly int epochs;

                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (this.factor, epochs) = (factor, total_iters);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => Scaled(_last_epoch == 0 ? factor : _last_epoch == epochs ? 1.0 / factor : 1);

                    protected override IEnumerable<double> get_closed_form_lr() => FromBase(_last_epoch >= epochs ? 1 : factor);
                }

                public class LinearLR : LRScheduler
                {
                    private readonly double start, rise;
                    private readonly int epochs;

                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (start, rise, epochs) = (start_factor, end_factor - start_factor, total_iters);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        _last_epoch == 0 ? Scaled(start)
                        : _last_epoch > epochs ? Current
                        : Scaled(1 + rise / (epochs * start + (_last_epoch - 1) * rise));

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _base_lrs.Select(lr => lr * (start + rise * Math.Min(epochs, _last_epoch) / epochs));
                }

                public class PolynomialLR : LRScheduler
                {
                    private readonly double epochs, power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (epochs, this.power) = (total_iters, power);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0 || _last_epoch > epochs) return Current;
                        var factor = (1.0 - _last_epoch / epochs) / (1.0 - (_last_epoch - 1) / epochs);
                        return Scaled(power == 1 ? factor : Math.Pow(factor, power));
                    }

                    protected override IEnumerable<double> get_closed_form_lr() => FromBase(Math.Pow(1 - Math.Min(epochs, _last_epoch) / epochs, power));
                }
            }
        }
    }
}
