using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => Element(indices);
            set => index_put_(value, [.. indices.Select(i => TensorIndex.Single(i))]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Element(i1);
            set => SetElement(value, i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => Element(i1, i2);
            set => SetElement(value, i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => Element(i1, i2, i3);
            set => SetElement(value, i1, i2, i3);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => Element(i1, i2, i3, i4);
            set => SetElement(value, i1, i2, i3, i4);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => Element(i1, i2, i3, i4, i5);
            set => SetElement(value, i1, i2, i3, i4, i5);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => Element(i1, i2, i3, i4, i5, i6);
            set => SetElement(value, i1, i2, i3, i4, i5, i6);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var native = ToNative(indices);
            nint result;
            fixed (NativeIndex* p = native) Native.Check(Native.ot_index_get(Handle, p, native.Length, &result));
            GC.KeepAlive(indices);
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        public Tensor index(params Tensor[] indices) => index(Indices(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var native = ToNative(indices);
            fixed (NativeIndex* p = native) Native.Check(Native.ot_index_set(Handle, p, native.Length, value.Handle));
            GC.KeepAlive(indices);
            GC.KeepAlive(value);
            return this;
        }

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            if (!accumulate) return index_put_(value, indices);
            var tensors = indices.Select(i => i.AsTensor ?? throw new ArgumentException("Accumulation takes indices that are tensors.", nameof(indices)));
            return Op.InPlace("index_put_", "", this, (Tensor[])[.. tensors], value, true);
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Indices(indices));

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => index_put_(value, Indices(indices), accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var filler = Op.T("scalar_tensor", "", value, dtype);
            return index_put_(filler, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Indices(indices));

        private static TensorIndex[] Indices(Tensor[] tensors) => [.. tensors.Select(TensorIndex.Tensor)];

        private static NativeIndex[] ToNative(TensorIndex[] indices)
        {
            var native = new NativeIndex[indices.Length];
            for (var i = 0; i < native.Length; i++) native[i] = indices[i].ToNative();
            return native;
        }

        private Tensor Element(params ReadOnlySpan<long> indices)
        {
            var native = stackalloc NativeIndex[indices.Length];
            for (var i = 0; i < indices.Length; i++) native[i] = new NativeIndex { Kind = IndexKind.Single, Start = indices[i] };
            nint result;
            Native.Check(Native.ot_index_get(Handle, native, indices.Length, &result));
            GC.KeepAlive(this);
            return new Tensor(result);
        }

        private void SetElement(Tensor value, params ReadOnlySpan<long> indices)
        {
            fixed (long* p = indices) Native.Check(Native.ot_element_set(Handle, p, indices.Length, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }
    }
}
