using Microsoft.ML;
using ResNet.Core;

namespace ResNet.MLNet;

/// <summary>Brings figures of multi-label models to <c>ml.MulticlassClassification</c>.</summary>
public static class MultiLabelCatalog
{
    /// <summary>Measures a scored view of images that may have several classes: mean average precision, F1 and the rest.</summary>
    /// <param name="catalog"><c>ml.MulticlassClassification</c>.</param>
    /// <param name="data">What a multi-label model's <c>Transform</c> gives; read once.</param>
    /// <param name="labelColumnName">The true classes: a vector with a slot for each. Default "Label".</param>
    /// <param name="scoreColumnName">The probabilities. Default "Score".</param>
    /// <param name="predictedLabelColumnName">Which classes the model says. Default "PredictedLabel".</param>
    /// <inheritdoc cref="ScoredLabelImages.Read" path="/exception"/>
    public static MultiLabelMetrics EvaluateMultiLabel(
        this MulticlassClassificationCatalog catalog, IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel")
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return ScoredLabelImages.Read(data, labelColumnName, scoreColumnName, predictedLabelColumnName).Predictions.Metrics;
    }
}
