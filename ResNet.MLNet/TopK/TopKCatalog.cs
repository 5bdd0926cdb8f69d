using Microsoft.ML;

namespace ResNet.MLNet;

/// <summary>Brings the best few classes to <c>ml.Transforms</c>.</summary>
public static class TopKCatalog
{
    /// <summary>
    /// Adds the labels and the scores of the k best classes, best first: of any multiclass model's scores, live and after a reload. Of equal
    /// scores the class that comes first in the score column comes first here; a row whose scores are not numbers has empty labels. A saved model holds ML.NET's own transformers.
    /// </summary>
    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="k">How many classes, from 1 to as many as there are. Default 5.</param>
    /// <param name="labelsColumnName">The new column of labels: Vector&lt;Text, k&gt;. Default "TopLabels".</param>
    /// <param name="scoresColumnName">The new column of their scores: Vector&lt;Single, k&gt;. Default "TopScores".</param>
    /// <param name="scoreColumnName">The scores: a vector of Single of a known size. Default "Score".</param>
    /// <param name="labels">What each score is for, in their order; null (default): the score column's slot names.</param>
    /// <returns>The estimator; it learns nothing from the rows.</returns>
    public static TopKEstimator TopK(
        this TransformsCatalog catalog, int k = 5, string labelsColumnName = "TopLabels", string scoresColumnName = "TopScores",
        string scoreColumnName = "Score", IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog, k, labelsColumnName, scoresColumnName, scoreColumnName, labels);
    }
}
