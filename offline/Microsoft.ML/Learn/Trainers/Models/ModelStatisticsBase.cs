namespace Microsoft.ML.Trainers;

/// <summary>How well a model fits its training data.</summary>
public class ModelStatisticsBase : ICanSaveModel, ISavable
{
    internal const string LoaderName = "ModelStats";

    public readonly long TrainingExampleCount;

    public readonly float Deviance;

    public readonly float NullDeviance;

    public readonly int ParametersCount;

    internal ModelStatisticsBase(long examples, int parameters, float deviance, float nullDeviance) =>
        (TrainingExampleCount, ParametersCount, Deviance, NullDeviance) = (examples, parameters, deviance, nullDeviance);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ctx.Save(this);

    string ISavable.LoaderName => LoaderName;

    void ISavable.SaveTo(ModelWriter writer)
    {
        writer.Write(TrainingExampleCount);
        writer.Write(ParametersCount);
        writer.Write(Deviance);
        writer.Write(NullDeviance);
    }

    internal static ModelStatisticsBase Load(ModelReader reader) =>
        new(reader.ReadInt64(), reader.ReadInt32(), reader.ReadSingle(), reader.ReadSingle());
}
