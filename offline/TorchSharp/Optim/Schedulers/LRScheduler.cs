namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the groups' learning rates, once when it is made (epoch 0) and then at each step.</summary>
            public abstract class LRScheduler
            {
                internal readonly Optimizer _optimizer = null!;
                internal int _last_epoch = -1;
                internal IList<double> _last_lrs = [];
                internal IList<double> _base_lrs = [];
                private readonly bool verbose;
                protected int _step_count;

                protected LRScheduler() { }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    (_optimizer, _last_epoch, this.verbose) = (optimizer, last_epoch, verbose);
                    _base_lrs = [.. optimizer.ParamGroups.Select(g => g.InitialLearningRate)];
                    _last_lrs = [.. optimizer.ParamGroups.Select(g => g.LearningRate)];
                }

                public IEnumerable<double> get_last_lr() => _last_lrs;

                public virtual void step() => step(null);

                /// <summary>Without an epoch the next one, from the current rates; with one the closed form, from the initial rates.</summary>
                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _last_epoch = epoch ?? _last_epoch + 1;
                    // Once only: reading the sequence may change the scheduler and the optimizer.
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToList();
                    foreach (var (i, group) in _optimizer.ParamGroups.Take(_base_lrs.Count).Index())
                    {
                        group.LearningRate = rates[i];
                        if (verbose && _last_lrs[i] != rates[i]) Console.WriteLine($"Adjusting learning rate to {rates[i]}");
                        _last_lrs[i] = rates[i];
                    }
                }

                /// <summary>The metric matters to <see cref="impl.ReduceLROnPlateau"/> only.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                protected virtual IEnumerable<double> get_lr() => Current;

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected IEnumerable<double> Current => _optimizer.ParamGroups.Select(g => g.LearningRate);

                private protected IEnumerable<double> Scaled(double factor) => Current.Select(lr => lr * factor);

                private protected IEnumerable<double> FromBase(double factor) => _base_lrs.Select(lr => lr * factor);
            }
        }
    }
}
