using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Steps in the units of the parameters, from two running means (Zeiler 2012).</summary>
public class Adadelta : OptimizerHelper
{
    private readonly Options defaults;

    public Adadelta(IEnumerable<Parameter> parameters, double lr, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, rho, eps, weight_decay, maximize)
    {
    }

    public Adadelta(IEnumerable<ParamGroup> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
    {
        NotNegative(lr, "learning rate");
        if (rho is < 0 or > 1) throw new ArgumentException($"Invalid rho value: {rho}");
        NotNegative(eps, "eps value");
        NotNegative(weight_decay, "weight_decay value");
        defaults = new Options { LearningRate = lr, InitialLearningRate = lr, rho = rho, eps = eps, weight_decay = weight_decay, maximize = maximize };
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
        var (rho, eps) = (o.rho!.Value, o.eps!.Value);
        Op.Void("mul_", "Scalar", s.square_avg, rho);
        Op.Void("addcmul_", "", s.square_avg, direction, direction, 1 - rho);
        using var divisor = Op.T("add", "Scalar", s.square_avg, eps, 1L);
        Op.Void("sqrt_", "", divisor);
        using var delta = Op.T("add", "Scalar", s.acc_delta, eps, 1L);
        Op.Void("sqrt_", "", delta);
        Op.Void("div_", "Tensor", delta, divisor);
        Op.Void("mul_", "Tensor", delta, direction);
        Op.Void("add_", "Tensor", parameter, delta, -o.LearningRate!.Value);
        Op.Void("mul_", "Scalar", s.acc_delta, rho);
        Op.Void("addcmul_", "", s.acc_delta, delta, delta, 1 - rho);
    }

    public class Options : OptimizerOptions
    {
        public double? rho;
        public double? eps;
        public double? weight_decay;
        public bool? maximize;
    }

    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, rho = rho, eps = eps, weight_decay = weight_decay, maximize = maximize })
        {
        }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor square_avg = null!;
        public Tensor acc_delta = null!;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            (square_avg, acc_delta) = (Zeros(), Zeros());
        }

        public override void SaveStateDict(BinaryWriter writer) => OptimizerFields.Save(this, writer);
        public override void LoadStateDict(BinaryReader reader) => OptimizerFields.Load(this, reader);
        public override void LoadStateDict(OptimizerState source) => OptimizerFields.Copy(source, this);
        public override bool ApproximatelyEquals(OptimizerState other) => OptimizerFields.Agree(this, other);
        public override void to(Device device) => OptimizerFields.Move(this, device);
        public void Dispose() => OptimizerFields.Dispose(this);
    }
}
