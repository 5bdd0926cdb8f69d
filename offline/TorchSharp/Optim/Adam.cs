using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Adam (Kingma &amp; Ba 2015), weight decay added to the gradient.</summary>
public class Adam : OptimizerHelper, IBetas
{
    private readonly Options defaults;

    public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        NotNegative(lr, "learning rate");
        Fraction(beta1, "beta1 value");
        Fraction(beta2, "beta2 value");
        NotNegative(eps, "eps value");
        NotNegative(weight_decay, "weight_decay value");
        defaults = new Options { LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize };
        AddGroups(parameters);
    }

    public (double, double) Betas { get => (defaults.beta1!.Value, defaults.beta2!.Value); set => (defaults.beta1, defaults.beta2) = value; }

    private protected override OptimizerOptions Defaults => defaults;
    private protected override OptimizerOptions NewOptions() => new Options();
    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor grad, OptimizerState state, OptimizerOptions options)
    {
        var (o, s) = ((Options)options, (State)state);
        var (beta1, beta2, decay) = (o.beta1!.Value, o.beta2!.Value, o.weight_decay!.Value);
        s.step++;
        using var ascent = o.maximize!.Value ? Op.T("neg", "", grad) : null;
        var direction = ascent ?? grad;
        using var decayed = decay != 0 ? Op.T("add", "Tensor", direction, parameter, decay) : null;
        direction = decayed ?? direction;
        Op.Void("mul_", "Scalar", s.exp_avg, beta1);
        Op.Void("add_", "Tensor", s.exp_avg, direction, 1 - beta1);
        Op.Void("mul_", "Scalar", s.exp_avg_sq, beta2);
        Op.Void("addcmul_", "", s.exp_avg_sq, direction, direction, 1 - beta2);
        if (s.max_exp_avg_sq is { } largest) Op.Void("maximum", "out", largest, s.exp_avg_sq, largest);
        using var divisor = Op.T("sqrt", "", s.max_exp_avg_sq ?? s.exp_avg_sq);
        Op.Void("div_", "Scalar", divisor, Math.Sqrt(1 - Math.Pow(beta2, s.step)));
        Op.Void("add_", "Scalar", divisor, o.eps!.Value, 1L);
        Op.Void("addcdiv_", "", parameter, s.exp_avg, divisor, -o.LearningRate!.Value / (1 - Math.Pow(beta1, s.step)));
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? eps;
        public double? weight_decay;
        public bool? amsgrad;
        public bool? maximize;
    }

    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
        {
        }

        public (double, double) Betas { get => (Options.beta1!.Value, Options.beta2!.Value); set => (Options.beta1, Options.beta2) = value; }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor exp_avg = null!;
        public Tensor exp_avg_sq = null!;
        [MayBeMissing] public Tensor? max_exp_avg_sq;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            (exp_avg, exp_avg_sq) = (Zeros(), Zeros());
            max_exp_avg_sq = ((Options)options).amsgrad!.Value ? Zeros() : null;
        }

        public override void SaveStateDict(BinaryWriter writer) => OptimizerFields.Save(this, writer);
        public override void LoadStateDict(BinaryReader reader) => OptimizerFields.Load(this, reader);
        public override void LoadStateDict(OptimizerState source) => OptimizerFields.Copy(source, this);
        public override bool ApproximatelyEquals(OptimizerState other) => OptimizerFields.Agree(this, other);
        public override void to(Device device) => OptimizerFields.Move(this, device);
        public void Dispose() => OptimizerFields.Dispose(this);
    }
}
