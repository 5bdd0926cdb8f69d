namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The initial rate times a function of the epoch.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly List<Func<int, double>> factors;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch, verbose)
                    {
                    }

                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        factors = [.. lr_lambdas];
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => _base_lrs.Select((lr, i) => lr * factors[i](_last_epoch));
                }

                /// <summary>The current rate times a function of the epoch.</summary>
                public class MultiplicativeLR : LRScheduler
                {
                    private readonly List<Func<int, double>> factors;

                    public MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Enumerable.Repeat(lr_lambda, optimizer.ParamGroups.Count()), last_epoch, verbose)
                    {
                    }

                    public MultiplicativeLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        factors = [.. lr_lambdas];
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => _last_epoch > 0 ? Current.Select((lr, i) => lr * factors[i](_last_epoch)) : Current;
                }

                /// <summary>Half a cosine down to <c>eta_min</c> (Loshchilov &amp; Hutter 2017), without restarts.</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double period, floor;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        (period, floor) = (T_max, eta_min);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_last_epoch == 0) return Current;
                        if ((_last_epoch - 1 - period) % (2 * period) == 0)
                            return Current.Select((lr, i) => lr + (_base_lrs[i] - floor) * (1 - Math.Cos(Math.PI / period)) / 2);
                        var ratio = Height(_last_epoch) / Height(_last_epoch - 1);
                        return Current.Select(lr => ratio * (lr - floor) + floor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() => _base_lrs.Select(lr => floor + (lr - floor) * Height(_last_epoch) / 2);

                    private double Height(int epoch) => 1 + Math.Cos(Math.PI * epoch / period);
                }
            }
        }
    }
}
