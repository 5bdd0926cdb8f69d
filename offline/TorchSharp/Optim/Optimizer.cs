using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public interface ILearningRateController
        {
            double LearningRate { set; get; }
            double InitialLearningRate { set; get; }
        }

        public interface IMomentum
        {
            double Momentum { get; set; }
        }

        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }

        /// <summary>Parameters in groups, each with options; a state per parameter.</summary>
        public abstract class Optimizer : IDisposable
        {
            private protected readonly List<ParamGroup> groups = [];
            private protected readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);

            private protected Optimizer() { }

            public virtual IEnumerable<ILearningRateController> ParamGroups => groups;

            public virtual IEnumerable<Parameter> parameters() => groups.SelectMany(g => g.Parameters);

            public virtual void add_param_group(ParamGroup param_group)
            {
                param_group.Options ??= NewOptions();
                param_group.Options.FillFrom(Defaults);
                param_group.Options.InitialLearningRate = param_group.Options.LearningRate!.Value;
                // Walked through once: a module's parameters are a lazy sequence.
                param_group.Parameters = [.. param_group.Parameters];
                groups.Add(param_group);
                foreach (var parameter in param_group.Parameters)
                {
                    var state = states[parameter] = NewState(parameter);
                    state.Initialize(param_group.Options);
                }
            }

            /// <summary>Zeroes the gradients that there are, in place.</summary>
            public virtual void zero_grad()
            {
                using var unrecorded = no_grad();
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    if (grad is not null) Op.Void("zero_", "", grad);
                }
            }

            /// <summary>Changes the parameters that have a gradient. A closure computes the loss and the gradients first.</summary>
            public virtual Tensor? step(Func<Tensor>? closure = null)
            {
                Tensor? loss = null;
                if (closure is not null)
                {
                    using (enable_grad()) loss = closure();
                }
                using var unrecorded = no_grad();
                foreach (var group in groups)
                {
                    foreach (var parameter in group.Parameters)
                    {
                        using var grad = parameter.grad;
                        if (grad is not null) Update(parameter, grad, states[parameter], group.Options);
                    }
                }
                return loss;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var state in states.Values) (state as IDisposable)?.Dispose();
                states.Clear();
            }

            private protected abstract OptimizerOptions Defaults { get; }
            private protected abstract OptimizerOptions NewOptions();
            private protected abstract OptimizerState NewState(Parameter parameter);

            /// <summary>One parameter's step, in place and unrecorded. Temporary tensors are freed at once, so that their memory is still in the cache for the next parameter.</summary>
            private protected abstract void Update(Parameter parameter, Tensor grad, OptimizerState state, OptimizerOptions options);

            public class StateDictionary
            {
                internal StateDictionary() { }

                public List<OptimizerOptions> Options { get; } = [];
                public List<OptimizerState> State { get; } = [];
                public List<List<int>> StateIndexRef { get; } = [];
            }
        }
    }
}
