using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent with momentum, as PyTorch computes it.</summary>
public class SGD : OptimizerHelper, IMomentum
{
    private readonly Options defaults;

    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        NotNegative(lr, "learning rate");
        NotNegative(momentum, "momentum value");
        NotNegative(weight_decay, "weight_decay value");
        if (nesterov && (momentum <= 0 || dampening != 0)) throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        defaults = new Options { LearningRate = lr, InitialLearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize };
        AddGroups(parameters);
    }

    public double Momentum { get => defaults.momentum!.Value; set => defaults.momentum = value; }

    private protected override OptimizerOptions Defaults => defaults;
    private protected override OptimizerOptions NewOptions() => new Options();
    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor grad, OptimizerState state, OptimizerOptions options)
    {
        var o = (Options)options;
        var s = (State)state;
        var (momentum, decay) = (o.momentum!.Value, o.weight_decay!.Value);
        using var decayed = decay != 0 ? Op.T("add", "Tensor", grad, parameter, decay) : null;
        var direction = decayed ?? grad;
        Tensor? ahead = null;
        if (momentum != 0)
        {
            if (s.momentum_buffer is { } buffer)
            {
                Op.Void("mul_", "Scalar", buffer, momentum);
                Op.Void("add_", "Tensor", buffer, direction, 1 - o.dampening!.Value);
            }
            else
            {
                s.momentum_buffer = buffer = Op.T("clone", "", direction).DetachFromDisposeScope();
            }
            direction = o.nesterov!.Value ? ahead = Op.T("add", "Tensor", direction, buffer, momentum) : buffer;
        }
        Op.Void("add_", "Tensor", parameter, direction, o.maximize!.Value ? o.LearningRate!.Value : -o.LearningRate!.Value);
        ahead?.Dispose();
    }

    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;
    }

    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
        {
        }

        public double Momentum { get => Options.momentum!.Value; set => Options.momentum = value; }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        [MayBeMissing] public Tensor? momentum_buffer;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null;
        }

        public override void SaveStateDict(BinaryWriter writer) => OptimizerFields.Save(this, writer);
        public override void LoadStateDict(BinaryReader reader) => OptimizerFields.Load(this, reader);
        public override void LoadStateDict(OptimizerState source) => OptimizerFields.Copy(source, this);
        public override bool ApproximatelyEquals(OptimizerState other) => OptimizerFields.Agree(this, other);
        public override void to(Device device) => OptimizerFields.Move(this, device);
        public void Dispose() => OptimizerFields.Dispose(this);
    }
}
