using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Averaged stochastic gradient descent (Polyak &amp; Juditsky 1992); the average is the state <c>ax</c>.</summary>
public class ASGD : OptimizerHelper
{
    private readonly Options defaults;

    public ASGD(IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0, bool maximize = false)
        : this([new ParamGroup<Options> { Parameters = parameters }], lr, lambd, alpha, t0, weight_decay, maximize)
    {
    }

    public ASGD(IEnumerable<ParamGroup<ASGD.Options>> parameters, double lr = 0.01, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0, bool maximize = false)
    {
        NotNegative(lr, "learning rate");
        defaults = new Options { LearningRate = lr, InitialLearningRate = lr, lambd = lambd, alpha = alpha, t0 = t0, weight_decay = weight_decay, maximize = maximize };
        AddGroups(parameters);
    }

    private protected override OptimizerOptions Defaults => defaults;
    private protected override OptimizerOptions NewOptions() => new Options();
    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor grad, OptimizerState state, OptimizerOptions options)
    {
        var (o, s) = ((Options)options, (State)state);
        using var ascent = o.maximize!.Value ? Op.T("neg", "", grad) : null;
        using var decayed = o.weight_decay!.Value != 0 ? Op.T("add", "Tensor", ascent ?? grad, parameter, o.weight_decay.Value) : null;
        var direction = decayed ?? ascent ?? grad;
        s.step++;
        var (lr, lambd) = (o.LearningRate!.Value, o.lambd!.Value);
        Op.Void("mul_", "Scalar", parameter, 1 - lambd * s.eta);
        Op.Void("add_", "Tensor", parameter, direction, -s.eta);
        if (s.mu == 1)
        {
            Op.Void("copy_", "", s.ax, parameter, false);
        }
        else
        {
            using var away = Op.T("sub", "Tensor", parameter, s.ax, 1L);
            Op.Void("add_", "Tensor", s.ax, away, s.mu);
        }
        s.eta = lr / Math.Pow(1 + lambd * lr * s.step, o.alpha!.Value);
        s.mu = 1 / Math.Max(1, s.step - o.t0!.Value);
    }

    public class Options : OptimizerOptions
    {
        public bool? maximize;
        public double? lambd;
        public double? alpha;
        public double? weight_decay;
        public double? t0;
    }

    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weight_decay = 0)
            : base(parameters, new Options { LearningRate = lr, lambd = lambd, alpha = alpha, t0 = t0, weight_decay = weight_decay })
        {
        }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public double eta;
        public double mu;
        public Tensor ax = null!;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            (step, eta, mu) = (0, options.LearningRate!.Value, 1);
            ax = Zeros();
        }

        public override void SaveStateDict(BinaryWriter writer) => OptimizerFields.Save(this, writer);
        public override void LoadStateDict(BinaryReader reader) => OptimizerFields.Load(this, reader);
        public override void LoadStateDict(OptimizerState source) => OptimizerFields.Copy(source, this);
        public override bool ApproximatelyEquals(OptimizerState other) => OptimizerFields.Agree(this, other);
        public override void to(Device device) => OptimizerFields.Move(this, device);
        public void Dispose() => OptimizerFields.Dispose(this);
    }
}
