namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Op.T("view", "", this, shape);
        public Tensor view_as(Tensor other) => Op.T("view_as", "", this, other);
        public Tensor reshape(params long[] shape) => Op.T("reshape", "", this, shape);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.T("flatten", "using_ints", this, start_dim, end_dim);
        public Tensor squeeze(long? dim = null) => dim is { } d ? Op.T("squeeze", "dim", this, d) : Op.T("squeeze", "", this);
        public Tensor squeeze_(long? dim = null) => dim is { } d ? Op.InPlace("squeeze_", "dim", this, d) : Op.InPlace("squeeze_", "", this);
        public Tensor unsqueeze(long dim) => Op.T("unsqueeze", "", this, dim);
        public Tensor unsqueeze_(long dim) => Op.InPlace("unsqueeze_", "", this, dim);
        public Tensor transpose(long dim0, long dim1) => Op.T("transpose", "int", this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => Op.InPlace("transpose_", "", this, dim0, dim1);
        public Tensor swapaxes(long dim0, long dim1) => Op.T("swapaxes", "", this, dim0, dim1);
        public Tensor swapdims(long dim0, long dim1) => Op.T("swapdims", "", this, dim0, dim1);
        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);
        public Tensor permute(params long[] permutation) => Op.T("permute", "", this, permutation);
        public Tensor movedim(long[] source, long[] destination) => Op.T("movedim", "intlist", this, source, destination);
        public Tensor moveaxis(long[] source, long[] destination) => Op.T("moveaxis", "intlist", this, source, destination);
        public Tensor t() => Op.T("t", "", this);
        public Tensor expand(long[] sizes, bool isImplicit = false) => Op.T("expand", "", this, sizes, isImplicit);
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => expand(sizes.ToArray(), isImplicit);
        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape, isImplicit);
        public Tensor expand(params long[] sizes) => Op.T("expand", "", this, sizes);
        public Tensor expand_as(Tensor other) => Op.T("expand_as", "", this, other);
        public Tensor broadcast_to(params long[] shape) => Op.T("broadcast_to", "", this, shape);
        public Tensor repeat(params long[] sizes) => Op.T("repeat", "", this, sizes);
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Op.T("repeat_interleave", "self_int", this, repeats, dim, output_size);
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) => Op.T("repeat_interleave", "self_Tensor", this, repeats, dim, output_size);
        public Tensor tile(long[] reps) => Op.T("tile", "", this, reps);
        public Tensor flip(params long[] dims) => Op.T("flip", "", this, dims);
        public Tensor fliplr() => Op.T("fliplr", "", this);
        public Tensor flipud() => Op.T("flipud", "", this);
        public Tensor roll(long shifts, long? dims = null) => Op.T("roll", "", this, shifts, dims is { } d ? d : Array.Empty<long>());
        public Tensor roll(long[] shifts) => Op.T("roll", "", this, shifts, 0);
        public Tensor roll(long[] shifts, long[] dims) => Op.T("roll", "", this, shifts, dims);
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => roll(shifts.ToArray(), dims.ToArray());
        public Tensor roll((long, long, long) shifts, (long, long, long) dims) => roll((long[])[shifts.Item1, shifts.Item2, shifts.Item3], (long[])[dims.Item1, dims.Item2, dims.Item3]);
        public Tensor roll((long, long) shifts, (long, long) dims) => roll((long[])[shifts.Item1, shifts.Item2], (long[])[dims.Item1, dims.Item2]);
        public Tensor rot90(long k = 1, (long, long)? dims = null) => Op.T("rot90", "", this, k, dims is { } d ? new[] { d.Item1, d.Item2 } : new long[] { 0, 1 });
        public Tensor contiguous() => Op.T("contiguous", "", this);
        public Tensor clone() => Op.T("clone", "", this);
        public Tensor alias() => Share();
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Op.T("as_strided", "", this, size, strides, storageOffset);
        public Tensor ravel() => Op.T("ravel", "", this);
        public Tensor narrow(long dim, long start, long length) => Op.T("narrow", "", this, dim, start, length);
        public Tensor select(long dim, long index) => Op.T("select", "int", this, dim, index);
        public Tensor diag(long diagonal = 0) => Op.T("diag", "", this, diagonal);
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Op.T("diag_embed", "", this, offset, dim1, dim2);
        public Tensor diagflat(long offset = 0) => Op.T("diagflat", "", this, offset);
        public Tensor tril(long diagonal = 0) => Op.T("tril", "", this, diagonal);
        public Tensor tril_(long diagonal = 0) => Op.InPlace("tril_", "", this, diagonal);
        public Tensor triu(long diagonal = 0) => Op.T("triu", "", this, diagonal);
        public Tensor triu_(long diagonal = 0) => Op.InPlace("triu_", "", this, diagonal);
        public Tensor unfold(long dimension, long size, long step) => Op.T("unfold", "", this, dimension, size, step);
        public Tensor[] chunk(long chunks, long dim = 0) => Op.List("chunk", "", this, chunks, dim);
        public Tensor[] split(long size, int dim = 0) => Op.List("split", "Tensor", this, size, dim);
        public Tensor[] split(long[] sizes, long dim = 0) => Op.List("split_with_sizes", "", this, sizes, dim);
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => split(sizes.ToArray(), dim);
        public Tensor[] split(params long[] sizes) => split(sizes, 0L);
        public Tensor[] unbind(long dimension = 0) => Op.List("unbind", "int", this, dimension);
        public Tensor atleast_1d() => Op.T("atleast_1d", "", this);
        public Tensor atleast_2d() => Op.T("atleast_2d", "", this);
        public Tensor atleast_3d() => Op.T("atleast_3d", "", this);
        public Tensor channel_shuffle(long groups) => Op.T("channel_shuffle", "", this, groups);
        public Tensor adjoint() => Op.T("adjoint", "", this);
    }
}
