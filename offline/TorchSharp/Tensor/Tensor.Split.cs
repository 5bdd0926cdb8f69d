namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor[] tensor_split(long size, long dim = 0) => Op.List("tensor_split", "sections", this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Op.List("tensor_split", "indices", this, sizes, dim);

        public Tensor[] tensor_split(Tensor indices, long dim = 0)
        {
            Need(indices.dtype == ScalarType.Int64, "Tensor indices should be Int64 in 'tensor_split'.");
            return Op.List("tensor_split", "tensor_indices_or_sections", this, indices, dim);
        }

        public Tensor[] vsplit(long size)
        {
            Need(shape[0] % size == 0, "The first dimension must be evenly divisible by the size");
            return Op.List("vsplit", "int", this, size);
        }

        public Tensor[] vsplit(params long[] sizes) => Op.List("vsplit", "array", this, sizes);

        public Tensor[] vsplit(Tensor indices) => tensor_split(indices, 0);

        public Tensor[] hsplit(long size)
        {
            Need(shape[1] % size == 0, "The second dimension must be evenly divisible by the size");
            return Op.List("hsplit", "int", this, size);
        }

        public Tensor[] hsplit(params long[] sizes) => Op.List("hsplit", "array", this, sizes);

        public Tensor[] hsplit(Tensor indices) => tensor_split(indices, 1);

        public Tensor[] dsplit(long size)
        {
            Need(shape[2] % size == 0, "The third dimension must be evenly divisible by the size");
            return Op.List("dsplit", "int", this, size);
        }

        public Tensor[] dsplit(params long[] sizes) => Op.List("dsplit", "array", this, sizes);

        public Tensor[] dsplit((long, long) indices_or_sections) => dsplit([indices_or_sections.Item1, indices_or_sections.Item2]);

        public Tensor[] dsplit((long, long, long) indices_or_sections) =>
            dsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3]);

        public Tensor[] dsplit((long, long, long, long) indices_or_sections) =>
            dsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4]);

        public Tensor[] dsplit(Tensor indices) => tensor_split(indices, 2);
    }
}
