using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

public abstract class ModelParametersBase<TOutput> : ICanSaveModel
{
    private protected ModelParametersBase() { }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SaveModel(ctx);

    private protected abstract void SaveModel(ModelSaveContext context);
}

/// <summary>A bias and a weight for each feature, for each class.</summary>
public abstract class LinearMulticlassModelParametersBase : ModelParametersBase<VBuffer<float>>, ICanSaveModel, IClassScorer
{
    private readonly float[] _biases;
    private readonly float[][] _weights;

    public readonly ModelStatisticsBase Statistics;

    /// <param name="parameters">The biases, then each class's weights.</param>
    private protected LinearMulticlassModelParametersBase(float[] parameters, int classes, int features, ModelStatisticsBase statistics)
    {
        (FeatureCount, Statistics) = (features, statistics);
        _biases = parameters[..classes];
        _weights = [.. parameters.Skip(classes).Chunk(features)];
    }

    internal int FeatureCount { get; }

    internal int ClassCount => _biases.Length;

    int IClassScorer.FeatureCount => FeatureCount;

    int IClassScorer.ClassCount => ClassCount;

    public IEnumerable<float> GetBiases() => _biases;

    public void GetWeights(ref VBuffer<float>[] weights, out int numClasses)
    {
        numClasses = ClassCount;
        if (weights == null || weights.Length < numClasses) weights = new VBuffer<float>[numClasses];
        for (int i = 0; i < numClasses; i++) VBuffer<float>.Copy(_weights[i], 0, ref weights[i], FeatureCount);
    }

    internal float[] Flatten() => [.. _biases, .. _weights.SelectMany(w => w)];

    void IClassScorer.Score(in VBuffer<float> features, Span<float> scores)
    {
        for (int i = 0; i < scores.Length; i++) scores[i] = _biases[i] + Linear.Dot(features, _weights[i]);
        Calibrate(scores);
    }

    /// <summary>Turns linear scores into what the model gives out.</summary>
    private protected abstract void Calibrate(Span<float> scores);
}
