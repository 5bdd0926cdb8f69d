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

            /// <summary>The weights of a convolution that does what one followed by a batch normalisation in eval mode does.</summary>
            public static (Modules.Parameter weight, Modules.Parameter bias) fuse_conv_bn_weights(Tensor conv_w, Tensor? conv_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor? bn_w, Tensor? bn_b, bool transpose = false)
            {
                using var scope = NewDisposeScope();
                var shape = new long[conv_w.dim()];
                Array.Fill(shape, 1);
                shape[transpose ? 1 : 0] = -1;
                return Fuse(scope, conv_w, conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, shape);
            }

            /// <summary>The same for a linear layer.</summary>
            public static (Modules.Parameter weight, Modules.Parameter bias) fuse_linear_bn_weights(Tensor linear_w, Tensor? linear_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor bn_w, Tensor bn_b)
            {
                using var scope = NewDisposeScope();
                return Fuse(scope, linear_w, linear_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, [-1, 1]);
            }

            private static (Modules.Parameter weight, Modules.Parameter bias) Fuse(DisposeScope scope, Tensor w, Tensor? b, Tensor mean, Tensor variance, double eps, Tensor? scale, Tensor? shift, long[] shape)
            {
                b ??= zeros_like(mean);
                var factor = (variance + eps).rsqrt();
                if (scale is not null) factor *= scale;
                var weight = w * factor.reshape(shape);
                var bias = (b - mean) * factor;
                if (shift is not null) bias += shift;
                return scope.MoveToOuter(
                    new Modules.Parameter(weight.to(w.dtype).detach(), w.requires_grad),
                    new Modules.Parameter(bias.to(w.dtype).detach(), b.requires_grad));
            }

            private static Tensor[] Gradients(IEnumerable<Modules.Parameter> tensors) => [.. tensors.Select(t => t.grad!).Where(g => g is not null)];

            private static Tensor Norm(Tensor tensor, double norm_type) => double.IsPositiveInfinity(norm_type)
                ? Op.T("max", "", Op.T("abs", "", tensor))
                : Op.T("norm", "Scalar", tensor, norm_type);
        }
    }
}
