namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => Activate("relu", "relu_", inplace, x);

            public static Tensor relu6(Tensor x, bool inplace = false) => Activate("relu6", "relu6_", inplace, x);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                Activate("leaky_relu", "leaky_relu_", inplace, input, negative_slope);

            public static Tensor prelu(Tensor input, Tensor weight) => Op.T("prelu", "", input, weight);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => Activate("elu", "elu_", inplace, x, alpha, 1.0, 1.0);

            public static Tensor celu(Tensor x, double alpha, bool inplace = false) => Activate("celu", "celu_", inplace, x, alpha);

            public static Tensor selu(Tensor x, bool inplace = false) => Activate("selu", "selu_", inplace, x);

            public static Tensor gelu(Tensor x) => gelu(x, false);

            public static Tensor gelu(Tensor x, bool inplace) => Activate("gelu", "gelu_", inplace, x, "none");

            public static Tensor silu(Tensor x, bool inplace = false) => Activate("silu", "silu_", inplace, x);

            public static Tensor mish(Tensor x, bool inplace = false) => Activate("mish", "mish_", inplace, x);

            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

            public static Tensor sigmoid(Tensor x, bool inplace) => Activate("sigmoid", "sigmoid_", inplace, x);

            public static Tensor tanh(Tensor x, bool inplace = false) => Activate("tanh", "tanh_", inplace, x);

            public static Tensor hardswish(Tensor input, bool inplace = false) => Activate("hardswish", "hardswish_", inplace, input);

            public static Tensor hardsigmoid(Tensor input, bool inplace = false) => Activate("hardsigmoid", "hardsigmoid_", inplace, input);

            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) =>
                Activate("threshold", "threshold_", inplace, x, threshold, value);

            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                Activate("hardtanh", "hardtanh_", inplace, x, min_val, max_val);

            public static Tensor rrelu(Tensor x, double lower = 1.0 / 8.0, double upper = 1.0 / 3.0, bool inplace = false) =>
                Activate("rrelu", "rrelu_", inplace, x, lower, upper);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Op.T("softplus", "", x, beta, threshold);

            public static Tensor softshrink(Tensor x, double lambda = 0.5) => Op.T("softshrink", "", x, lambda);

            public static Tensor hardshrink(Tensor x, double lambda = 0.5) => Op.T("hardshrink", "", x, lambda);

            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                using var size = Op.T("abs", "", x);
                using var divisor = Op.T("add", "Scalar", size, 1L, 1L);
                return Binary("div", "div_", inplace, x, divisor);
            }

            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                using var squashed = Op.T("tanh", "", x);
                return Binary("sub", "sub_", inplace, x, squashed, 1L);
            }

            public static Tensor glu(Tensor input, long dim = -1) => Op.T("glu", "", input, dim);

            public static Tensor logsigmoid(Tensor x) => Op.T("log_sigmoid", "", x);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Op.T("softmax", "int", input, dim, dtype);

            public static Tensor softmax2d(Tensor x) => softmax(x, -3);

            public static Tensor softmin(Tensor x, long dim)
            {
                using var negated = Op.T("neg", "", x);
                return softmax(negated, dim);
            }

            public static Tensor log_softmax(Tensor x, long dim) => Op.T("log_softmax", "int", x, dim, (ScalarType?)null);

            // In place, the result is a view of the input: a second object over the same storage.
            private static Tensor Activate(string op, string inplaceOp, bool inplace, params ReadOnlySpan<Arg> args) =>
                Run(op, inplaceOp, "", inplace, args);

            private static Tensor Binary(string op, string inplaceOp, bool inplace, params ReadOnlySpan<Arg> args) =>
                Run(op, inplaceOp, "Tensor", inplace, args);

            private static Tensor Run(string op, string inplaceOp, string overload, bool inplace, ReadOnlySpan<Arg> args)
            {
                if (!inplace) return Op.T(op, overload, args);
                return Op.T("alias", "", Op.InPlace(inplaceOp, overload, args));
            }
        }
    }
}
