namespace TorchSharp;

public static partial class torch
{
    public static class linalg
    {
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) => Op.T("linalg_norm", "ord_str", input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => Op.T("linalg_norm", "", input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) => Op.T("linalg_norm", "", input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => Op.T("linalg_norm", "", input, Arg.None, dims, keepdim);

        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) => Op.T("linalg_vector_norm", "", input, ord, dims, keepdim);

        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) => Op.T("linalg_matrix_norm", "str_ord", input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => Op.T("linalg_matrix_norm", "", input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor det(Tensor input) => Op.T("linalg_det", "", input);

        public static Tensor inv(Tensor input) => Op.T("linalg_inv", "", input);

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Op.T("linalg_solve", "", A, B, left);

        public static Tensor svdvals(Tensor input) => Op.T("linalg_svdvals", "", input);

        public static Tensor multi_dot(IList<Tensor> tensors) => Op.T("linalg_multi_dot", "", (Tensor[])[.. tensors]);
    }
}
