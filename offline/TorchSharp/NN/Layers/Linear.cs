using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>…×in_features to …×out_features.</summary>
    public sealed class Linear : Module<Tensor, Tensor>
    {
        internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
        {
            (out_features, in_features) = (weight.shape[0], weight.shape[1]);
            this.weight = weight;
            this.bias = bias;
        }

        internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
        {
            (in_features, out_features) = (inputSize, outputSize);
            weight = Parameter(empty([outputSize, inputSize], dtype, device));
            init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (!hasBias) return;
            bias = Parameter(empty([outputSize], dtype, device));
            init.FanInUniform(bias, weight);
        }

        public long in_features { get; set; }
        public long out_features { get; set; }

        public Parameter? bias { get => OwnParameter(nameof(bias)); set => SetParameter(nameof(bias), value); }

        public Parameter weight
        {
            get => OwnParameter(nameof(weight))!;
            set => SetParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
        }

        public override Tensor forward(Tensor tensor) => functional.linear(tensor, weight, bias);
    }

    /// <summary>x1·W·x2 + b.</summary>
    public sealed class Bilinear : Module<Tensor, Tensor, Tensor>
    {
        internal Bilinear(long in1_features, long in2_features, long out_features, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Bilinear))
        {
            (this.in1_features, this.in2_features, this.out_features) = (in1_features, in2_features, out_features);
            var bound = 1 / Math.Sqrt(in1_features);
            weight = Parameter(empty([out_features, in1_features, in2_features], dtype, device));
            init.uniform_(weight, -bound, bound);
            if (!hasBias) return;
            bias = Parameter(empty([out_features], dtype, device));
            init.uniform_(bias, -bound, bound);
        }

        public long in1_features { get; set; }
        public long in2_features { get; set; }
        public long out_features { get; set; }

        public Parameter? bias { get => OwnParameter(nameof(bias)); set => SetParameter(nameof(bias), value); }

        public Parameter weight
        {
            get => OwnParameter(nameof(weight))!;
            set => SetParameter(nameof(weight), value ?? throw new ArgumentNullException(nameof(weight)));
        }

        public override Tensor forward(Tensor input1, Tensor input2) => functional.bilinear(input1, input2, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

            public static Bilinear Bilinear(long in1_features, long in2_features, long out_features, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in1_features, in2_features, out_features, hasBias, device, dtype);

            public static partial class functional
            {
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Op.T("linear", "", input, weights, bias);

                public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null) =>
                    Op.T("bilinear", "", input1, input2, weight, bias);
            }
        }
    }
}
