namespace Microsoft.ML.Trainers;

/// <summary>A linear model whose scores are probabilities.</summary>
public sealed class MaximumEntropyModelParameters : LinearMulticlassModelParametersBase, ISavable
{
    internal const string LoaderName = "MultiClassLRExec";

    internal MaximumEntropyModelParameters(float[] parameters, int classes, int features, ModelStatisticsBase statistics)
        : base(parameters, classes, features, statistics) { }

    private protected override void Calibrate(Span<float> scores) => Linear.Softmax(scores, out _);

    private protected override void SaveModel(ModelSaveContext context) => context.Save(this);

    string ISavable.LoaderName => LoaderName;

    void ISavable.SaveTo(ModelWriter writer)
    {
        writer.Write(ClassCount);
        writer.Write(FeatureCount);
        writer.WriteMany(Flatten(), writer.Write);
        writer.Write(Statistics != null);
        if (Statistics != null) writer.SavePart("ModelStats", Statistics);
    }

    internal static MaximumEntropyModelParameters Load(ModelReader reader)
    {
        int classes = reader.ReadInt32(), features = reader.ReadInt32();
        var parameters = reader.ReadMany(reader.ReadSingle);
        return new(parameters, classes, features, reader.ReadBoolean() ? reader.LoadPart<ModelStatisticsBase>("ModelStats") : null);
    }
}
