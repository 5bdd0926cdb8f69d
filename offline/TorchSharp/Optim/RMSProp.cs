using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Gradients divided by a running root mean square (Hinton 2012).</summary>
public class RMSProp : OptimizerHelper, IMomentum
{
    private readonly Options defaults;

    public RMSProp(IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
    {
        NotNegative(lr, "learning rate");
        NotNegative(eps, "ε");
        NotNegative(alpha, "alpha");
        NotNegative(momentum, "momentum value");
        NotNegative(weight_decay, "weight_decay value");
        defaults = new Options { LearningRate = lr, InitialLearningRate = lr, alpha = alpha, eps = eps, weight_decay = weight_decay, momentum = momentum, centered = centered, maximize = maximize };
        AddGroups(parameters);
    }

    public double Momentum { get => defaults.momentum!.Value; set => defaults.momentum = value; }

    private protected override OptimizerOptions Defaults => defaults;
    private protected override OptimizerOptions NewOptions() => new Options();
    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor grad, OptimizerState state, OptimizerOptions options)
    {
        var (o, s) = ((Options)options, (State)state);
        var (alpha, momentum, decay) = (o.alpha!.Value, o.momentum!.Value, o.weight_decay!.Value);
        s.step++;
        using var ascent = o.maximize!.Value ? Op.T("neg", "", grad) : null;
        using var decayed = decay != 0 ? Op.T("add", "Tensor", ascent ?? grad, parameter, decay) : null;
        var direction = decayed ?? ascent ?? grad;
        Op.Void("mul_", "Scalar", s.square_avg, alpha);
        Op.Void("addcmul_", "", s.square_avg, direction, direction, 1 - alpha);
        using var divisor = o.centered!.Value ? Variance(s, direction, alpha) : Op.T("sqrt", "", s.square_avg);
        Op.Void("add_", "Scalar", divisor, o.eps!.Value, 1L);
        if (momentum > 0)
        {
            Op.Void("mul_", "Scalar", s.momentum_buffer, momentum);
            Op.Void("addcdiv_", "", s.momentum_buffer, direction, divisor, 1L);
            Op.Void("add_", "Tensor", parameter, s.momentum_buffer, -o.LearningRate!.Value);
        }
        else
        {
            Op.Void("addcdiv_", "", parameter, direction, divisor, -o.LearningRate!.Value);
        }
    }

    /// <summary>The root of the mean square less the squared mean.</summary>
    private static Tensor Variance(State s, Tensor direction, double alpha)
    {
        Op.Void("mul_", "Scalar", s.grad_avg, alpha);
        Op.Void("add_", "Tensor", s.grad_avg, direction, 1 - alpha);
        return Op.InPlace("sqrt_", "", Op.T("addcmul", "", s.square_avg, s.grad_avg, s.grad_avg, -1L));
    }

    public class Options : OptimizerOptions
    {
        public bool? maximize;
        public double? momentum;
        public double? alpha;
        public double? eps;
        public double? weight_decay;
        public bool? centered;
    }

    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99, double weight_decay = 0, double momentum = 0, bool centered = false)
            : base(parameters, new Options { LearningRate = lr, eps = eps, alpha = alpha, weight_decay = weight_decay, momentum = momentum, centered = centered })
        {
        }

        public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor square_avg = null!;
        [MayBeMissing] public Tensor? momentum_buffer;
        [MayBeMissing] public Tensor? grad_avg;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            (square_avg, momentum_buffer, grad_avg) = (Zeros(), Zeros(), Zeros());
        }

        public override void SaveStateDict(BinaryWriter writer) => OptimizerFields.Save(this, writer);
        public override void LoadStateDict(BinaryReader reader) => OptimizerFields.Load(this, reader);
        public override void LoadStateDict(OptimizerState source) => OptimizerFields.Copy(source, this);
        public override bool ApproximatelyEquals(OptimizerState other) => OptimizerFields.Agree(this, other);
        public override void to(Device device) => OptimizerFields.Move(this, device);
        public void Dispose() => OptimizerFields.Dispose(this);
    }
}
