using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Step sizes from the gradients' signs alone (Riedmiller &amp; Braun 1993).</summary>
public class Rprop : OptimizerHelper
{
    private readonly Options defaults;

    public Rprop(IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, etaminus, etaplus, min_step, max_step, maximize)
    {
    }

    public Rprop(IEnumerable<ParamGroup> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false)
    {
        NotNegative(lr, "learning rate");
        defaults = new Options { LearningRate = lr, InitialLearningRate = lr, etaminus = etaminus, etaplus = etaplus, min_step = min_step, max_step = max_step, maximize = maximize };
        AddGroups(parameters);
    }

    private protected override OptimizerOptions Defaults => defaults;
    private protected override OptimizerOptions NewOptions() => new Options();
    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor grad, OptimizerState state, OptimizerOptions options)
    {
        var (o, s) = ((Options)options, (State)state);
        s.step++;
        using var scope = NewDisposeScope();
        var direction = o.maximize!.Value ? Op.T("neg", "", grad) : grad;
        var agreement = (direction * s.prev).sign();
        var factor = where(agreement > 0, full_like(agreement, o.etaplus!.Value), where(agreement < 0, full_like(agreement, o.etaminus!.Value), ones_like(agreement)));
        s.step_size.mul_(factor).clamp_(o.min_step!.Value, o.max_step!.Value);
        // After a change of sign the parameter waits.
        direction = where(agreement < 0, zeros_like(direction), direction);
        Op.Void("addcmul_", "", parameter, direction.sign(), s.step_size, -1L);
        s.prev.copy_(direction);
    }

    public class Options : OptimizerOptions
    {
        public bool? maximize;
        public double? etaminus;
        public double? etaplus;
        public double? min_step;
        public double? max_step;
    }

    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options) { }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2, double min_step = 1e-6, double max_step = 50, bool maximize = false)
            : base(parameters, new Options { LearningRate = lr, etaminus = etaminus, etaplus = etaplus, min_step = min_step, max_step = max_step, maximize = maximize })
        {
        }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor prev = null!;
        public Tensor step_size = null!;

        public State(Parameter parameter) : base(parameter) { }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            prev = Zeros();
            step_size = Op.InPlace("fill_", "Scalar", Zeros(), options.LearningRate!.Value);
        }

        public override void SaveStateDict(BinaryWriter writer) => OptimizerFields.Save(this, writer);
        public override void LoadStateDict(BinaryReader reader) => OptimizerFields.Load(this, reader);
        public override void LoadStateDict(OptimizerState source) => OptimizerFields.Copy(source, this);
        public override bool ApproximatelyEquals(OptimizerState other) => OptimizerFields.Agree(this, other);
        public override void to(Device device) => OptimizerFields.Move(this, device);
        public void Dispose() => OptimizerFields.Dispose(this);
    }
}
