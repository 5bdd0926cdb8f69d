using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    protected Parameter _parameter;

    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    internal Parameter Parameter => _parameter;

    public abstract void Initialize(OptimizerOptions options);

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    public virtual void to(Device device) { }

    /// <summary>Zeros in the parameter's shape, type and strides that outlive the dispose scope.</summary>
    private protected Tensor Zeros() => Op.T("zeros_like", "", _parameter).DetachFromDisposeScope();

    protected static void SaveConditionalStateTensor(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    protected static void LoadConditionalStateTensor(BinaryReader reader, ref Tensor? result, Device device)
    {
        var old = result;
        result = reader.ReadBoolean() ? Tensor.Load(reader).DetachFromDisposeScope() : null;
        old?.Dispose();
    }

    internal static void SaveConditional(BinaryWriter writer, Tensor? tensor) => SaveConditionalStateTensor(writer, tensor);

    internal static Tensor? LoadConditional(BinaryReader reader, Tensor? old, Device device)
    {
        LoadConditionalStateTensor(reader, ref old, device);
        return old;
    }
}
