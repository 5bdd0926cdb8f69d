using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Divides by the energy of neighbouring channels (Krizhevsky et al. 2012).</summary>
    public sealed class LocalResponseNorm : ParameterLessModule<Tensor, Tensor>
    {
        internal LocalResponseNorm(long size, double alpha, double beta, double k) : base(nameof(LocalResponseNorm)) =>
            (this.size, this.alpha, this.beta, this.k) = (size, alpha, beta, k);

        public long size { get; set; }
        public double alpha { get; set; }
        public double beta { get; set; }
        public double k { get; set; }

        public override Tensor forward(Tensor input)
        {
            if (input.dim() < 3) throw new ArgumentException($"Invalid number of dimensions for LocalResponseNorm argument: {input.dim()}");
            return functional.local_response_norm(input, size, alpha, beta, k);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LocalResponseNorm LocalResponseNorm(long size, double alpha = 0.0001, double beta = 0.75, double k = 1.0) => new(size, alpha, beta, k);

            public static partial class functional
            {
                public static Tensor local_response_norm(Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1.0)
                {
                    using var scope = NewDisposeScope();
                    var shape = input.shape;
                    // The channels are the rows of a plane, everything after them its columns.
                    var energy = input.square().reshape(shape[0], 1, shape[1], -1);
                    var padded = pad(energy, [0, 0, size / 2, (size - 1) / 2]);
                    var mean = avg_pool2d(padded, [size, 1], [1, 1]).reshape(shape);
                    return (input / (mean * alpha + k).pow(beta)).MoveToOuterDisposeScope();
                }
            }
        }
    }
}
