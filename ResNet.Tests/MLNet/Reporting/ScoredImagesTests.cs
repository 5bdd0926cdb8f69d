using Microsoft.ML;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Reporting;

public sealed class ScoredImagesTests
{
    [Fact]
    public void A_scored_view_gives_what_Evaluate_measures()
    {
        var (ml, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        var metrics = ml.MulticlassClassification.Evaluate(scored);
        var read = ScoredImages.Read(scored);
        Assert.Equal(Pictures.Labels, read.Predictions.ClassNames);
        Assert.Equal(90, read.Predictions.Count);
        Assert.Equal(metrics.MicroAccuracy, read.Predictions.Accuracy, 9);
        Assert.Equal(metrics.MacroAccuracy, read.Predictions.ConfusionMatrix().BalancedAccuracy, 9);
        Assert.Equal(metrics.LogLoss, read.Predictions.LogLoss, 5);
        Assert.Empty(read.ImagePaths);
    }

    [Fact]
    public void Labels_are_matched_by_name_and_paths_come_along()
    {
        var (ml, _, model) = Pictures.Trained;
        var scored = model.LastTransformer.Transform(ml.Data.LoadFromEnumerable(Pictures.Make(9)));
        // Keys in the alphabet's order, while the scores are in the order of first occurrence.
        var keyed = ml.Transforms.Conversion.MapValueToKey("Key", "Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(scored).Transform(scored);
        var read = ScoredImages.Read(keyed, labelColumnName: "Key", imagePathColumnName: "Label");
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2], read.Predictions.Labels);
        Assert.Equal(Pictures.Labels, read.ImagePaths.Take(3));
    }

    [Fact]
    public void An_unknown_label_and_a_missing_column_are_named()
    {
        var (ml, _, model) = Pictures.Trained;
        var pictures = Pictures.Make(3);
        pictures[2].Label = "kiwi";
        var scored = model.LastTransformer.Transform(ml.Data.LoadFromEnumerable(pictures));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(scored).Transform(scored);
        var message = Assert.Throws<InvalidDataException>(() => ScoredImages.Read(keyed, "Key")).Message;
        Assert.Contains("Row 2", message);
        Assert.Contains("'kiwi'", message);
        Assert.Contains("'Nothing'", Assert.Throws<ArgumentOutOfRangeException>(() => ScoredImages.Read(keyed, "Nothing")).Message);
        Assert.Contains("SlotNames", Assert.Throws<ArgumentException>(() => ScoredImages.Read(keyed, "Key", scoreColumnName: "Features")).Message);
    }
}
