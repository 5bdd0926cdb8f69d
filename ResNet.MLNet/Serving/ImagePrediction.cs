namespace ResNet.MLNet;

/// <summary>What a model says of one image. Immutable.</summary>
/// <param name="Label">The likeliest class.</param>
/// <param name="Score">Its probability, 0 to 1.</param>
/// <param name="Scores">The probabilities of all classes, in the order of <paramref name="LabelNames"/>.</param>
/// <param name="LabelNames">The classes' names.</param>
public sealed record ImagePrediction(string Label, float Score, IReadOnlyList<float> Scores, IReadOnlyList<string> LabelNames)
{
    /// <summary>The k best classes, best first; of equal ones the first in order first.</summary>
    /// <param name="k">How many, from 1; all where there are fewer.</param>
    public IReadOnlyList<(string Label, float Score)> Top(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return [.. LabelNames.Zip(Scores).OrderByDescending(pair => pair.Second).Take(k)];
    }

    internal static ImagePrediction Of(ReadOnlySpan<float> scores, IReadOnlyList<string> labels)
    {
        var best = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i])) throw new InvalidOperationException($"The network gave the score {scores[i]}; its weights are damaged.");
            if (scores[i] > scores[best]) best = i;
        }
        return new(labels[best], scores[best], scores.ToArray(), labels);
    }
}
