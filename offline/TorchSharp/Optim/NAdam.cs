using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Adam with Nesterov momentum (Dozat 2016).</summary>
public class NAdam : OptimizerHelper, IBetas
{
    private readonly Options defaults;

    public NAdam(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, momentum_decay)
    {
    }

    public NAdam(IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3)
    {
        NotNegative(lr, "learning rate");
        Fraction(beta1, "beta1 value");
        Fraction(beta2, "beta2 value");
        NotNegative(eps, "eps value");
        NotNegative(weight_decay, "weight_decay value");
        NotNegative(momentum_decay, "momentum_decay value");
        defaults = new Options { LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, momentum_decay = momentum_decay };
        AddGroups(parameters);
    }

    public (double, double) Betas { get => (defaults.beta1!.Value, defaults.beta2!.Value); set => (defaults.beta1, defaults.beta2) = value; }

    private protected override OptimizerOptions Defaults => defaults;
    private protected override OptimizerOptions NewOptions() => new Options();
    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor grad, OptimizerState state, OptimizerOptions options)
    {
        var (o, s) = ((Options)options, (State)state);
        using var decayed = o.weight_decay!.Value != 0 ? Op.T("add", "Tensor", grad, parameter, o.weight_decay.Value) : null;
        var direction = decayed ?? grad;
        s.step++;
        var (beta1, beta2, lr) = (o.beta1!.Value, o.beta2!.Value, o.LearningRate!.Value);
        Op.Void("mul_", "Scalar", s.exp_avg, beta1);
        Op.Void("add_", "Tensor", s.exp_avg, direction, 1 - beta1);
        Op.Void("mul_", "Scalar", s.exp_avg_sq, beta2);
        Op.Void("addcmul_", "", s.exp_avg_sq, direction, direction, 1 - beta2);
        var correction = 1 - Math.Pow(beta2, s.step);
        var mu = beta1 * (1.0 - 0.5 * Math.Pow(0.96, s.step * o.momentum_decay!.Value));
        var next = beta1 * (1.0 - 0.5 * Math.Pow(0.96, (s.step + 1) * o.momentum_decay.Value));
        s.mu_product *= mu;
        using var divisor = Op.T("div", "Scalar", s.exp_avg_sq, correction);
        Op.Void("sqrt_", "", divisor);
        Op.Void("add_", "Scalar", divisor, o.eps!.Value, 1L);
        Op.Void("addcdiv_", "", parameter, direction, divisor, -lr * (1 - mu) / (1 - s.mu_product));
        Op.Void("addcdiv_", "", parameter, s.exp_avg, divisor, -lr * next / (1 - s.mu_product * next));
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? eps;
        public double? weight_decay;
        public double? momentum_decay;
    }

    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1.0, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, momentum_decay = momentum_decay })
        {
        }

        public (double, double) Betas { get => (Options.beta1!.Value, Options.beta2!.Value); set => (Options.beta1, Options.beta2) = value; }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public double mu_product;
        public Tensor exp_avg = null!;
        public Tensor exp_avg_sq = null!;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            (step, mu_product) = (0, 1);
            (exp_avg, exp_avg_sq) = (Zeros(), Zeros());
        }

        public override void SaveStateDict(BinaryWriter writer) => OptimizerFields.Save(this, writer);
        public override void LoadStateDict(BinaryReader reader) => OptimizerFields.Load(this, reader);
        public override void LoadStateDict(OptimizerState source) => OptimizerFields.Copy(source, this);
        public override bool ApproximatelyEquals(OptimizerState other) => OptimizerFields.Agree(this, other);
        public override void to(Device device) => OptimizerFields.Move(this, device);
        public void Dispose() => OptimizerFields.Dispose(this);
    }
}
