namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fillers for parameters, in place and unrecorded. Values and draws are those of libtorch's <c>torch::nn::init</c>.</summary>
        public static class init
        {
            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                if (tensor.dim() < 2)
                    throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                return Fans(tensor);
            }

            private static (long fanIn, long fanOut) Fans(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new System.Runtime.InteropServices.ExternalException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                var receptiveField = shape.Skip(2).Aggregate(1L, (a, b) => a * b);
                return (shape[1] * receptiveField, shape[0] * receptiveField);
            }

            public static Tensor constant_(Tensor tensor, Scalar val) => Fill("fill_", "Scalar", tensor, val);

            public static Tensor ones_(Tensor tensor) => Fill("fill_", "Scalar", tensor, 1.0);

            public static Tensor zeros_(Tensor tensor) => Fill("zero_", "", tensor);

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Fill("uniform_", "", tensor, low, high, generator);

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Fill("normal_", "", tensor, mean, std, generator);

            /// <summary>A normal distribution cut off at the values <paramref name="a"/> and <paramref name="b"/>, by the inverse of its distribution function.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                using var scope = NewDisposeScope();
                using var range = torch.tensor(new[] { (a - mean) / std, (b - mean) / std });
                var erf = range.mul(1 / Math.Sqrt(2)).erf().data<double>().ToArray();
                uniform_(tensor, erf[0], erf[1], generator);
                Fill("erfinv_", "", tensor);
                Fill("mul_", "Scalar", tensor, std * Math.Sqrt(2));
                Fill("add_", "Scalar", tensor, mean, 1L);
                return Fill("clamp_", "", tensor, a, b);
            }

            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * KaimingStd(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingStd(tensor, a, mode, nonlinearity));

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = Fans(tensor);
                var bound = Math.Sqrt(3.0) * gain * Math.Sqrt(2.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Draws what <see cref="xavier_uniform_"/> draws, as version 0.106 does.</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);

            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);

            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0) => xavier_normal_(tensor, gain);

            public static Tensor eye_(Tensor tensor)
            {
                using var scope = NewDisposeScope();
                return Copy(tensor, torch.eye(tensor.size(0), tensor.size(1), tensor.dtype));
            }

            /// <summary>Each output channel starts as the input channel of the same number.</summary>
            public static Tensor dirac_(Tensor tensor)
            {
                using var scope = NewDisposeScope();
                var shape = tensor.shape;
                var values = torch.zeros(shape, tensor.dtype);
                for (long c = 0; c < Math.Min(shape[0], shape[1]); c++)
                {
                    var at = values;
                    foreach (var index in shape.Skip(2).Select(size => size / 2).Prepend(c).Prepend(c)) at = at.select(0, index);
                    at.fill_(1);
                }
                return Copy(tensor, values);
            }

            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                using var unrecorded = no_grad();
                using var scope = NewDisposeScope();
                var rows = tensor.size(0);
                var columns = tensor.numel() / rows;
                var flat = torch.randn(rows, columns);
                var (q, r) = Op.T2("linalg_qr", "", rows < columns ? flat.t() : flat, "reduced");
                q = q.mul(r.diag().sign());
                if (rows < columns) q = q.t();
                return Copy(tensor, q.reshape(tensor.shape).mul(gain));
            }

            /// <summary>In each column of an N×M matrix the share <paramref name="sparsity"/> of the rows is 0, the rest normal.</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                using var unrecorded = no_grad();
                using var scope = NewDisposeScope();
                var (rows, columns) = (tensor.size(0), tensor.size(1));
                var zeros = (long)Math.Ceiling(sparsity * rows);
                normal_(tensor, 0, std);
                for (long column = 0; column < columns; column++)
                    tensor.select(1, column).index_fill_(0, torch.randperm(rows).narrow(0, 0, zeros), 0);
                return tensor;
            }

            /// <summary>The default of biases: uniform within 1/√fan_in of the weight.</summary>
            internal static void FanInUniform(Tensor? bias, Tensor weight)
            {
                if (bias is null) return;
                var fanIn = Fans(weight).fanIn;
                if (fanIn == 0) return;
                var bound = 1 / Math.Sqrt(fanIn);
                uniform_(bias, -bound, bound);
            }

            private static double KaimingStd(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = Fans(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static Tensor Copy(Tensor tensor, Tensor values) => Fill("copy_", "", tensor, values, false);

            private static Tensor Fill(string op, string overload, params ReadOnlySpan<Arg> args)
            {
                using var unrecorded = no_grad();
                return Op.InPlace(op, overload, args);
            }
        }
    }
}
