namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor relu() => Op.T("relu", "", this);
        public Tensor relu_() => Op.InPlace("relu_", "", this);
        public Tensor relu6() => Op.T("relu6", "", this);
        public Tensor relu6_() => Op.InPlace("relu6_", "", this);
        public Tensor leaky_relu(Scalar negative_slope) => Op.T("leaky_relu", "", this, negative_slope);
        public Tensor leaky_relu_(Scalar negative_slope) => Op.InPlace("leaky_relu_", "", this, negative_slope);
        public Tensor prelu(Tensor target) => Op.T("prelu", "", this, target);
        public Tensor elu(double alpha = 1) => Op.T("elu", "", this, alpha);
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Op.T("elu", "", this, alpha, scale, input_scale);
        public Tensor elu_(double alpha = 1) => elu(alpha, 1.0, 1.0);
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => Op.InPlace("elu_", "", this, alpha, scale, input_scale);
        public Tensor selu() => Op.T("selu", "", this);
        public Tensor selu_() => Op.InPlace("selu_", "", this);
        public Tensor celu() => Op.T("celu", "", this);
        public Tensor celu(Scalar alpha) => Op.T("celu", "", this, alpha);
        public Tensor celu_() => Op.InPlace("celu_", "", this);
        public Tensor celu_(Scalar alpha) => Op.InPlace("celu_", "", this, alpha);
        public Tensor gelu() => Op.T("gelu", "", this);
        public Tensor gelu_() => Op.InPlace("gelu_", "", this);
        public Tensor glu(long dim = -1) => Op.T("glu", "", this, dim);
        public Tensor silu() => Op.T("silu", "", this);
        public Tensor silu_() => Op.InPlace("silu_", "", this);
        public Tensor hardsigmoid() => Op.T("hardsigmoid", "", this);
        public Tensor hardsigmoid_() => Op.InPlace("hardsigmoid_", "", this);
        public Tensor hardswish() => Op.T("hardswish", "", this);
        public Tensor hardswish_() => Op.InPlace("hardswish_", "", this);
        public Tensor softplus(double beta = 1, double threshold = 20) => Op.T("softplus", "", this, beta, threshold);
        public Tensor log_sigmoid() => Op.T("log_sigmoid", "", this);
        public Tensor threshold(Scalar threshold, Scalar value) => Op.T("threshold", "", this, threshold, value);
        public Tensor threshold_(Scalar threshold, Scalar value) => Op.InPlace("threshold_", "", this, threshold, value);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.T("softmax", "int", this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.T("log_softmax", "int", this, dim, dtype);
        public Tensor rrelu(double lower = 1.0 / 8.0, double upper = 1.0 / 3.0) => Op.T("rrelu", "", this, lower, upper);
        public Tensor rrelu_(double lower = 1.0 / 8.0, double upper = 1.0 / 3.0) => Op.InPlace("rrelu_", "", this, lower, upper);
    }
}
