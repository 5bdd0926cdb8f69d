namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] roots = Handles(outputs), wanted = Handles(inputs), grads = Handles(grad_outputs), results = new nint[wanted.Length];
            fixed (nint* o = roots, i = wanted, g = grads, r = results)
            {
                Native.Check(Native.ot_grad(o, roots.Length, i, wanted.Length, g, grads.Length, Flag(retain_graph), Flag(create_graph), Flag(allow_unused), r));
            }
            GC.KeepAlive((outputs, inputs, grad_outputs));
            return [.. results.Select(handle => handle == 0 ? null! : new Tensor(handle))];
        }

        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] roots = Handles(tensors), grads = Handles(grad_tensors), leaves = Handles(inputs);
            fixed (nint* o = roots, g = grads, i = leaves)
            {
                Native.Check(Native.ot_backward(o, roots.Length, g, grads.Length, Flag(retain_graph ?? create_graph), Flag(create_graph), i, leaves.Length));
            }
            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        private static nint[] Handles(IEnumerable<Tensor?>? tensors) =>
            tensors is null ? [] : [.. tensors.Select(tensor => tensor is null ? 0 : tensor.Handle)];

        private static byte Flag(bool on) => on ? (byte)1 : (byte)0;
    }
}
