namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Gradients and parameters of a whole network.</summary>
        public static partial class utils
        {
            /// <summary>Scales the gradients in place so that their common norm is at most <paramref name="max_norm"/>; gives the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Modules.Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var unrecorded = no_grad();
                using var scope = NewDisposeScope();
                var grads = Gradients(tensors);
                if (grads.Length == 0) return 0;
                var norms = Op.T("stack", "", grads.Select(g => Norm(g, norm_type)).ToArray(), 0L);
                var total = double.IsPositiveInfinity(norm_type) ? Op.T("max", "", norms) : Norm(norms, norm_type);
                var scale = Op.T("clamp_max", "", Op.T("mul", "Scalar", Op.T("reciprocal", "", Op.T("add", "Scalar", total, 1e-6, 1L)), max_norm), 1.0);
                foreach (var grad in grads) Op.Void("mul_", "Tensor", grad, scale);
                return Op.Double("item", "", total);
            }

            public static void clip_grad_value_(IEnumerable<Modules.Parameter> tensors, double clip_value)
            {
                using var unrecorded = no_grad();
                using var scope = NewDisposeScope();
                foreach (var grad in Gradients(tensors)) Op.Void("clamp_", "", grad, -clip_value, clip_value);
            }

            /// <summary>All values in one row.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Modules.Parameter> tensors)
            {
                var rows = tensors.Select(t => Op.T("reshape", "", t, new[] { -1L })).ToArray();
                var vector = Op.T("cat", "", rows, 0L);
                foreach (var row in rows) row.Dispose();
                return vector;
            }

            /// <summary>The reverse: copies a row's values into the parameters.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Modules.Parameter> tensors)
            {
                using var unrecorded = no_grad();
                using var scope = NewDisposeScope();
                var at = 0L;
                foreach (var tensor in tensors)
                {
                    var part = Op.T("narrow", "", vec, 0L, at, tensor.numel());
                    Op.Void("copy_", "", tensor, Op.T("view_as", "", part, tensor), false);
                    at += tensor.numel();
                }
            }

            private static Tensor[] Gradients(IEnumerable<Modules.Parameter> tensors) => [.. tensors.Select(t => t.grad!).Where(g => g is not null)];

            private static Tensor Norm(Tensor tensor, double norm_type) => double.IsPositiveInfinity(norm_type)
                ? Op.T("max", "", Op.T("abs", "", tensor))
                : Op.T("norm", "Scalar", tensor, norm_type);
        }
    }
}
