namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>A differentiable function written in managed code. One instance of <typeparamref name="T"/> serves all calls.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private static readonly T instance = new();

            public abstract string Name { get; }

            internal abstract List<Tensor> RunForward(AutogradContext context, object[] arguments);

            internal abstract List<Tensor> RunBackward(AutogradContext context, List<Tensor> gradients);

            public static List<Tensor> apply_internal(params object[] vars)
            {
                var isTensor = vars.Select(argument => argument is Tensor { IsInvalid: false }).ToArray();
                var inputs = vars.Where((_, i) => isTensor[i]).Cast<Tensor>().ToList();
                var context = new AutogradContext();
                nint node = 0;
                if (is_grad_enabled() && inputs.Any(input => input.requires_grad)) node = NewNode(new Call(context, isTensor), inputs);
                try
                {
                    List<Tensor> outputs;
                    using (no_grad()) outputs = instance.RunForward(context, vars);
                    var results = Wrap(node, inputs, context, outputs);
                    if (node != 0) Save(node, context);
                    return results;
                }
                finally
                {
                    if (node != 0) Native.ot_node_free(node);
                }
            }

            private static nint NewNode(Call call, List<Tensor> inputs)
            {
                var callbacks = NodeCallbacks.For(call);
                nint node;
                fixed (nint* p = Handles(inputs)) Native.Check(Native.ot_node_new(&callbacks, p, inputs.Count, &node));
                GC.KeepAlive(inputs);
                return node;
            }

            private static List<Tensor> Wrap(nint node, List<Tensor> inputs, AutogradContext context, List<Tensor> outputs)
            {
                var results = new nint[outputs.Count];
                fixed (nint* i = Handles(inputs), n = Handles(context.NonDifferentiable), d = Handles(context.Dirty), o = Handles(outputs), r = results)
                {
                    Native.Check(Native.ot_node_wrap(
                        node, i, inputs.Count, n, context.NonDifferentiable.Count, d, context.Dirty.Count, Flag(context.MaterializeGrads), o, outputs.Count, r));
                }
                GC.KeepAlive((inputs, context, outputs));
                return [.. results.Select(handle => handle == 0 ? null! : new Tensor(handle))];
            }

            private static void Save(nint node, AutogradContext context)
            {
                var saved = context.ToSave.Select(tensor => tensor is { IsInvalid: false } ? tensor : null).ToList();
                fixed (nint* p = Handles(saved)) Native.Check(Native.ot_node_save(node, p, saved.Count));
                GC.KeepAlive(saved);
                context.ToSave = [];
            }

            private sealed class Call(AutogradContext context, bool[] isTensor) : ManagedCall
            {
                internal override List<Tensor?> Backward(nint node, List<Tensor> gradients)
                {
                    context.Node = node;
                    try
                    {
                        return ForTensors(instance.RunBackward(context, gradients));
                    }
                    finally
                    {
                        context.Node = 0;
                    }
                }

                // One gradient for each argument; those of arguments that are not tensors must be absent. More are fine if absent, too.
                private List<Tensor?> ForTensors(List<Tensor> gradients)
                {
                    var surplus = gradients.Skip(isTensor.Length).Any(IsThere);
                    if (gradients.Count < isTensor.Length || surplus)
                    {
                        throw new InvalidOperationException($"Function {instance.Name} returned an incorrect number of gradients (expected {isTensor.Length}, got {gradients.Count}).");
                    }
                    List<Tensor?> result = [];
                    for (var i = 0; i < isTensor.Length; i++)
                    {
                        if (isTensor[i]) result.Add(gradients[i]);
                        else if (IsThere(gradients[i])) throw new InvalidOperationException($"Function {instance.Name} returned a gradient at position {i + 1}, where the input was not a tensor.");
                    }
                    return result;
                }

                private static bool IsThere(Tensor? gradient) => gradient is { IsInvalid: false };
            }
        }

        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> RunForward(AutogradContext context, object[] arguments) => [forward(context, arguments)];

            internal sealed override List<Tensor> RunBackward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients[0]);
        }

        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> RunForward(AutogradContext context, object[] arguments) => forward(context, arguments);

            internal sealed override List<Tensor> RunBackward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients);
        }
    }
}
