namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => Activate("aten::relu", "aten::relu_", inplace, x);

            public static Tensor relu6(Tensor x, bool inplace = false) => Activate("aten::relu6", "aten::relu6_", inplace, x);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                Activate("aten::leaky_relu", "aten::leaky_relu_", inplace, input, negative_slope);

            public static Tensor prelu(Tensor input, Tensor weight) => Op.T("aten::prelu", "", input, weight);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => Activate("aten::elu", "aten::elu_", inplace, x, alpha, 1.0, 1.0);

            public static Tensor celu(Tensor x, double alpha, bool inplace = false) => Activate("aten::celu", "aten::celu_", inplace, x, alpha);

            public static Tensor selu(Tensor x, bool inplace = false) => Activate("aten::selu", "aten::selu_", inplace, x);

            public static Tensor gelu(Tensor x) => gelu(x, false);

            public static Tensor gelu(Tensor x, bool inplace) => Activate("aten::gelu", "aten::gelu_", inplace, x, "none");

            public static Tensor silu(Tensor x, bool inplace = false) => Activate("aten::silu", "aten::silu_", inplace, x);

            public static Tensor mish(Tensor x, bool inplace = false) => Activate("aten::mish", "aten::mish_", inplace, x);

            public static Tensor sigmoid(Tensor x) => sigmoid(x, false);

            public static Tensor sigmoid(Tensor x, bool inplace) => Activate("aten::sigmoid", "aten::sigmoid_", inplace, x);

            public static Tensor tanh(Tensor x, bool inplace = false) => Activate("aten::tanh", "aten::tanh_", inplace, x);

            public static Tensor hardswish(Tensor input, bool inplace = false) => Activate("aten::hardswish", "aten::hardswish_", inplace, input);

            public static Tensor hardsigmoid(Tensor input, bool inplace = false) => Activate("aten::hardsigmoid", "aten::hardsigmoid_", inplace, input);

            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) =>
                Activate("aten::threshold", "aten::threshold_", inplace, x, threshold, value);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Op.T("aten::softplus", "", x, beta, threshold);

            public static Tensor softshrink(Tensor x, double lambda = 0.5) => Op.T("aten::softshrink", "", x, lambda);

            public static Tensor hardshrink(Tensor x, double lambda = 0.5) => Op.T("aten::hardshrink", "", x, lambda);

            public static Tensor softsign(Tensor x, bool inplace = false)
            {
                using var size = Op.T("aten::abs", "", x);
                using var divisor = Op.T("aten::add", "Scalar", size, 1L, 1L);
                return Binary("aten::div", "aten::div_", inplace, x, divisor);
            }

            public static Tensor tanhshrink(Tensor x, bool inplace = false)
            {
                using var squashed = Op.T("aten::tanh", "", x);
                return Binary("aten::sub", "aten::sub_", inplace, x, squashed, 1L);
            }

            public static Tensor glu(Tensor input, long dim = -1) => Op.T("aten::glu", "", input, dim);

            public static Tensor logsigmoid(Tensor x) => Op.T("aten::log_sigmoid", "", x);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => Op.T("aten::softmax", "int", input, dim, dtype);

            public static Tensor softmax2d(Tensor x) => softmax(x, -3);

            public static Tensor softmin(Tensor x, long dim)
            {
                using var negated = Op.T("aten::neg", "", x);
                return softmax(negated, dim);
            }

            public static Tensor log_softmax(Tensor x, long dim) => Op.T("aten::log_softmax", "int", x, dim, (ScalarType?)null);

            // In place, the result is a view of the input: a second object over the same storage.
            private static Tensor Activate(string op, string inplaceOp, bool inplace, params ReadOnlySpan<Arg> args) =>
                Run(op, inplaceOp, "", inplace, args);

            private static Tensor Binary(string op, string inplaceOp, bool inplace, params ReadOnlySpan<Arg> args) =>
                Run(op, inplaceOp, "Tensor", inplace, args);

            private static Tensor Run(string op, string inplaceOp, string overload, bool inplace, ReadOnlySpan<Arg> args)
            {
                if (!inplace) return Op.T(op, overload, args);
                return Op.T("aten::alias", "", Op.InPlace(inplaceOp, overload, args));
            }
        }
    }
}
