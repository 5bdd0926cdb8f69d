namespace TorchSharp.Modules;

/// <summary>A group's options. A field that is null takes the optimizer's default when the group is added.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }
    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
        OptimizerFields.Save(this, writer);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
        OptimizerFields.Load(this, reader);
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        (InitialLearningRate, LearningRate) = (source.InitialLearningRate, source.LearningRate);
        OptimizerFields.Copy(source, this);
    }

    internal void FillFrom(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        foreach (var field in OptimizerFields.Of(this))
        {
            if (field.GetValue(this) is null) field.SetValue(this, field.GetValue(defaults));
        }
    }
}
