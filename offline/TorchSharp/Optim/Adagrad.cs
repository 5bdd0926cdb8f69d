using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Gradients divided by the root of the sum of their squares (Duchi et al. 2011).</summary>
public class Adagrad : OptimizerHelper
{
    private readonly Options defaults;

    public Adagrad(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
        : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
    {
    }

    public Adagrad(IEnumerable<ParamGroup> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
    {
        NotNegative(lr, "learning rate");
        NotNegative(eps, "ε");
        NotNegative(lr_decay, "lr_decay value");
        NotNegative(weight_decay, "weight_decay value");
        NotNegative(initial_accumulator_value, "initial_accumulator_value");
        defaults = new Options { LearningRate = lr, InitialLearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, initial_accumulator_value = initial_accumulator_value, eps = eps };
        AddGroups(parameters);
    }

    private protected override OptimizerOptions Defaults => defaults;
    private protected override OptimizerOptions NewOptions() => new Options();
    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor grad, OptimizerState state, OptimizerOptions options)
    {
        var (o, s) = ((Options)options, (State)state);
        using var decayed = o.weight_decay!.Value != 0 ? Op.T("add", "Tensor", grad, parameter, o.weight_decay.Value) : null;
        var direction = decayed ?? grad;
        s.step++;
        Op.Void("addcmul_", "", s.sum, direction, direction, 1L);
        using var divisor = Op.T("sqrt", "", s.sum);
        Op.Void("add_", "Scalar", divisor, o.eps!.Value, 1L);
        Op.Void("addcdiv_", "", parameter, direction, divisor, -o.LearningRate!.Value / (1 + (s.step - 1) * o.lr_decay!.Value));
    }

    public class Options : OptimizerOptions
    {
        public double? lr_decay;
        public double? initial_accumulator_value;
        public double? eps;
        public double? weight_decay;
    }

    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10)
            : base(parameters, new Options { LearningRate = lr, lr_decay = lr_decay, weight_decay = weight_decay, initial_accumulator_value = initial_accumulator_value, eps = eps })
        {
        }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor sum = null!;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            sum = Op.InPlace("fill_", "Scalar", Zeros(), ((Options)options).initial_accumulator_value!.Value);
        }

        public override void SaveStateDict(BinaryWriter writer) => OptimizerFields.Save(this, writer);
        public override void LoadStateDict(BinaryReader reader) => OptimizerFields.Load(this, reader);
        public override void LoadStateDict(OptimizerState source) => OptimizerFields.Copy(source, this);
        public override bool ApproximatelyEquals(OptimizerState other) => OptimizerFields.Agree(this, other);
        public override void to(Device device) => OptimizerFields.Move(this, device);
        public void Dispose() => OptimizerFields.Dispose(this);
    }
}
