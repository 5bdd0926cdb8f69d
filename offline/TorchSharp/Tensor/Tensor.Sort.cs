namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Op.T2("sort", "stable", this, stable, dim, descending);
        public Tensor argsort(long dim = -1, bool descending = false) => Op.T("argsort", "", this, dim, descending);
        public Tensor msort() => Op.T("msort", "", this);
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Op.T2("topk", "", this, k, dim, largest, sorted);
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => Op.T2("kthvalue", "", this, k, dim ?? -1, keepdim);
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) => Asked(dim is { } d ? Op.T3("unique_dim", "", this, d, sorted, return_inverse, return_counts) : Op.T3("_unique2", "", this, sorted, return_inverse, return_counts), return_inverse, return_counts);
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null) => Asked(Op.T3("unique_consecutive", "", this, return_inverse, return_counts, dim), return_inverse, return_counts);
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => Op.T("bucketize", "Tensor", this, boundaries, outInt32, right);
    }
}
