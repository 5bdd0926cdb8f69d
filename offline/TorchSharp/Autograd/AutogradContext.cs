namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>What a function's forward leaves for its backward.</summary>
        public class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> data = [];

            internal AutogradContext()
            {
            }

            public bool MaterializeGrads { get; private set; } = true;

            internal List<Tensor> ToSave { get; set; } = [];

            internal List<Tensor> Dirty { get; private set; } = [];

            internal List<Tensor> NonDifferentiable { get; private set; } = [];

            /// <summary>The native node, known while its backward runs.</summary>
            internal nint Node { get; set; }

            public void save_for_backward(List<Tensor> tensors) => ToSave = tensors;

            public void mark_dirty(List<Tensor> tensors) => Dirty = [.. tensors];

            public void mark_non_differentiable(List<Tensor> tensors) => NonDifferentiable = [.. tensors];

            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            public void save_data(string key, object value) => data[key] = value;

            public object? get_data(string key) => data.GetValueOrDefault(key);

            public List<Tensor> get_saved_variables()
            {
                if (Node == 0) return [];
                long count;
                Native.Check(Native.ot_node_saved(Node, null, &count));
                var handles = new nint[count];
                fixed (nint* p = handles) Native.Check(Native.ot_node_saved(Node, p, &count));
                return [.. handles.Select(handle => handle == 0 ? null! : new Tensor(handle))];
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing) => ToSave = [];
        }
    }
}
