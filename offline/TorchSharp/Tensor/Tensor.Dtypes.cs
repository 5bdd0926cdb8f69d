namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor half() => to(ScalarType.Float16);
        public Tensor @float() => to(ScalarType.Float32);
        public Tensor @double() => to(ScalarType.Float64);
        public Tensor bfloat16() => to(ScalarType.BFloat16);
        public Tensor @bool() => to(ScalarType.Bool);
        public Tensor @byte() => to(ScalarType.Byte);
        public Tensor @char() => to(ScalarType.Int8);
        public Tensor @short() => to(ScalarType.Int16);
        public Tensor @int() => to(ScalarType.Int32);
        public Tensor @long() => to(ScalarType.Int64);
        public Tensor type_as(Tensor tensor) => Op.T("type_as", "", this, tensor);
    }
}
