namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public ScalarType dtype => (ScalarType)Read(Native.ot_tensor_dtype(Handle));

        public Device device => new(device_type, device_index);

        public DeviceType device_type => (DeviceType)Read(Native.ot_tensor_device_type(Handle));

        public int device_index => Read(Native.ot_tensor_device_index(Handle));

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_sparse => Read(Native.ot_tensor_is_sparse(Handle)) != 0;

        public bool is_leaf => Read(Native.ot_tensor_is_leaf(Handle)) != 0;

        public long Dimensions => Read(Native.ot_tensor_dim(Handle));

        public long ndim => Dimensions;

        public long dim() => Dimensions;

        public long NumberOfElements => Read(Native.ot_tensor_numel(Handle));

        public long numel() => NumberOfElements;

        public long ElementSize => Read(Native.ot_tensor_itemsize(Handle));

        public long element_size() => ElementSize;

        public long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* p = sizes) Native.ot_tensor_sizes(Handle, p);
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim) => Op.Long("size", "int", this, dim);

        public long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* p = strides) Native.Check(Native.ot_tensor_strides(Handle, p));
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => Op.Long("stride", "int", this, dim);

        public long storage_offset() => Read(Native.ot_tensor_storage_offset(Handle));

        public bool is_contiguous() => Read(Native.ot_tensor_is_contiguous(Handle)) != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Another object for the same tensor.</summary>
        private Tensor Share() => new(Read(Native.ot_tensor_share(Handle)));

        // The object must live until the native side has read it.
        private T Read<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}
