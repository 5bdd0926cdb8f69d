namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Op.T("matmul", "", this, target);
        public Tensor mm(Tensor target) => Op.T("mm", "", this, target);
        public Tensor bmm(Tensor batch2) => Op.T("bmm", "", this, batch2);
        public Tensor mv(Tensor target) => Op.T("mv", "", this, target);
        public Tensor dot(Tensor target) => Op.T("dot", "", this, target);
        public Tensor vdot(Tensor target) => Op.T("vdot", "", this, target);
        public Tensor inner(Tensor vec2) => Op.T("inner", "", this, vec2);
        public Tensor outer(Tensor vec2) => Op.T("outer", "", this, vec2);
        public Tensor ger(Tensor vec2) => Op.T("ger", "", this, vec2);
        public Tensor kron(Tensor other) => Op.T("kron", "", this, other);
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => Op.T("addmm", "", this, mat1, mat2, beta, alpha);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => Op.InPlace("addmm_", "", this, mat1, mat2, beta, alpha);
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => Op.T("addmv", "", this, mat, vec, beta, alpha);
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => Op.InPlace("addmv_", "", this, mat, vec, beta, alpha);
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => Op.T("addbmm", "", this, batch1, batch2, beta, alpha);
        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => Op.InPlace("addbmm_", "", this, batch1, batch2, beta, alpha);
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => Op.T("baddbmm", "", this, batch1, batch2, beta, alpha);
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => Op.T("addr", "", this, vec1, vec2, beta, alpha);
        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => Op.InPlace("addr_", "", this, vec1, vec2, beta, alpha);
        public Tensor tensordot(Tensor b, long dims = 2) => tensordot(b, [.. Enumerable.Range(0, (int)dims).Select(i => ndim - dims + i)], [.. Enumerable.Range(0, (int)dims).Select(i => (long)i)]);
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Op.T("tensordot", "", this, b, dims1, dims2);
        public Tensor tensordot(Tensor b, (long, long)[] dims) => tensordot(b, [.. dims.Select(d => d.Item1)], [.. dims.Select(d => d.Item2)]);
        public Tensor det() => Op.T("det", "", this);
        public Tensor logdet() => Op.T("logdet", "", this);
        public Tensor inverse() => Op.T("inverse", "", this);
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Op.T("linalg_pinv", "", this, rcond, hermitian);
        public Tensor matrix_power(int n) => Op.T("matrix_power", "", this, n);
        public Tensor matrix_exp() => Op.T("matrix_exp", "", this);
        public Tensor cholesky(bool upper = false) => Op.T("cholesky", "", this, upper);
    }
}
