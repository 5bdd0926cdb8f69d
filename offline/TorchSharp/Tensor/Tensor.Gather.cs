namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) => Op.T("index_select", "", this, dim, index);
        public Tensor masked_fill(Tensor mask, Scalar value) => Op.T("masked_fill", "Scalar", this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.InPlace("masked_fill_", "Scalar", this, mask, value);
        public Tensor masked_scatter(Tensor mask, Tensor value) => Op.T("masked_scatter", "", this, mask, value);
        public Tensor masked_scatter_(Tensor mask, Tensor value) => Op.InPlace("masked_scatter_", "", this, mask, value);
        public Tensor gather(long dim, Tensor index) => Op.T("gather", "", this, dim, index);
        public Tensor scatter(long dim, Tensor index, Tensor src) => Op.T("scatter", "src", this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Op.InPlace("scatter_", "src", this, dim, index, src);
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Op.T("scatter_add", "", this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Op.InPlace("scatter_add_", "", this, dim, index, src);
        public Tensor select_scatter(Tensor src, long dim, long index) => Op.T("select_scatter", "", this, src, dim, index);
        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) => Op.T("slice_scatter", "", this, src, dim, start, end, step);
        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) => Op.T("diagonal_scatter", "", this, src, offset, dim1, dim2);
        public Tensor take(Tensor index) => Op.T("take", "", this, index);
        public Tensor take_along_dim(IEnumerable<long> indices) => take_along_dim(tensor([.. indices], (ScalarType?)null));
        public Tensor take_along_dim(IEnumerable<long> indices, long dim) => take_along_dim(tensor([.. indices], (ScalarType?)null), dim);
        public Tensor take_along_dim(Tensor indices) => Op.T("take_along_dim", "", this, indices);
        public Tensor take_along_dim(Tensor indices, long dim) => Op.T("take_along_dim", "", this, indices, dim);
        public Tensor nonzero() => Op.T("nonzero", "", this);
        public IList<Tensor> nonzero_as_list() => Op.List("nonzero_numpy", "", this);
        public Tensor argwhere() => Op.T("argwhere", "", this);
        public Tensor fill_(Scalar value) => Op.InPlace("fill_", "Scalar", this, value);
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Op.InPlace("copy_", "", this, source, nonBlocking);
        public Tensor zero_() => Op.T("zero_", "", this);
    }
}
