namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public bool requires_grad
        {
            get => Read(Native.ot_tensor_requires_grad(Handle)) != 0;
            set
            {
                Native.Check(Native.ot_tensor_set_requires_grad(Handle, value ? (byte)1 : (byte)0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public Tensor? grad
        {
            get
            {
                var found = Read(Native.ot_tensor_grad(Handle));
                return found == 0 ? null : new Tensor(found);
            }
            set
            {
                Native.Check(Native.ot_tensor_set_grad(Handle, value is null ? 0 : value.Handle));
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        public void retain_grad() => Op.Void("retain_grad", "", this);

        public void backward() => autograd.backward(this);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Op.T("detach", "", this);

        public Tensor detach_() => Op.InPlace("detach_", "", this);

        /// <summary>Swaps what the tensor holds, in place, its identity kept (parameters under <c>Module.to</c>).</summary>
        internal void SetData(Tensor other)
        {
            Native.Check(Native.ot_tensor_set_data(Handle, other.Handle));
            GC.KeepAlive(other);
            GC.KeepAlive(this);
        }
    }
}
