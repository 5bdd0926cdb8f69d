using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The tensor's own memory, not a copy.</summary>
        public Span<byte> bytes
        {
            get
            {
                var length = ByteLength();
                if (length > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                return new Span<byte>(DataPointer(), (int)length);
            }
            set
            {
                if (ByteLength() != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(bytes);
            }
        }

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            CheckElementType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            CheckElementType(typeof(T));
            return Read(*(T*)DataPointer());
        }

        public Scalar ToScalar() => Scalar.Of(Op.Number("item", "", this));

        /// <summary>Nested <see cref="System.Collections.ArrayList"/>s of <see cref="Scalar"/>; a tensor without dimensions is one scalar.</summary>
        public object tolist()
        {
            if (ndim == 0) return ToScalar();
            var list = new System.Collections.ArrayList();
            for (long i = 0, n = shape[0]; i < n; i++)
            {
                using var item = this[i];
                list.Add(item.tolist());
            }
            return list;
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[i];

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);
        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);
        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);
        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            var left = ByteLength();
            for (var p = (byte*)DataPointer(); left > 0;)
            {
                var count = (int)Math.Min(left, Math.Max(bufferSize, 1 << 16));
                stream.Write(new ReadOnlySpan<byte>(p, count));
                p += count;
                left -= count;
            }
            GC.KeepAlive(this);
        }

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            var left = ByteLength();
            for (var p = (byte*)DataPointer(); left > 0;)
            {
                var count = stream.Read(new Span<byte>(p, (int)Math.Min(left, Math.Max(bufferSize, 1 << 16))));
                if (count == 0) throw new EndOfStreamException();
                p += count;
                left -= count;
            }
            GC.KeepAlive(this);
        }

        internal void* DataPointer()
        {
            void* data;
            Native.Check(Native.ot_tensor_data(Handle, &data));
            GC.KeepAlive(this);
            return data;
        }

        private long ByteLength()
        {
            if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            return NumberOfElements * ElementSize;
        }

        private void CheckElementType(Type type)
        {
            var own = dtype;
            if (own == ScalarType.BFloat16) throw new ArgumentException($"No support for {own} in TorchSharp");
            if (Elements.TryDtype(type, out var asked) && asked == own) return;
            throw new ArgumentException($"{type.Name} is not compatible with {own}");
        }
    }
}
