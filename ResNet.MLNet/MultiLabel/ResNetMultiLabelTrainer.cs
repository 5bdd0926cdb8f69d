using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Saving;
using ResNet.MLNet.Schema;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>
/// Trains a network to tell which of several classes an image has: any number of them, each decided by itself with a sigmoid; an ML.NET
/// estimator. Made by <c>ml.MulticlassClassification.Trainers.ResNetMultiLabel(…)</c>. The label column is a vector of known size of Boolean
/// or Single, 1 (or true) where the image has the class and 0 where not, values between being shares; its SlotNames are the classes' names.
/// <c>MapValueToKey</c> and <c>MapKeyToVector</c> with <c>outputCountVector: true</c> make it of a vector of names. Rows with values that are not
/// numbers are an error that says how many there are; rows without any class are images of none.
/// </summary>
/// <inheritdoc cref="ResNetTrainer{TTransformer}" path="/remarks"/>
public sealed partial class ResNetMultiLabelTrainer : ResNetTrainer<ResNetMultiLabelTransformer>
{
    /// <summary>Makes a trainer.</summary>
    /// <param name="options">The options; later changes to the object do not reach the trainer.</param>
    public ResNetMultiLabelTrainer(Options options)
        : base(options)
    {
        if (!options.Loss.IsPerClass)
            throw new ArgumentException(
                $"Loss is {options.Loss}, for one class an image; it must be LossFunction.BinaryCrossEntropy or LossFunction.Focal; where Training is set, set Loss after it. For one class an image train with Trainers.ResNetClassification.",
                nameof(options));
    }

    private new Options Settings => (Options)base.Settings;

    private protected override LabelColumn Label(DataViewSchema schema) => IndicatorLabelColumn.Of(schema, Settings.LabelColumnName);

    private protected override IEnumerable<OutputColumn> OutputShape(SchemaShape.Column label)
    {
        IndicatorLabelColumn.CheckShape(label);
        return ResNetMultiLabelTransformer.Added(
            Settings.ScoreColumnName, Settings.PredictedLabelColumnName, Settings.PredictedLabelsColumnName, ["0", "1"], [0.5f, 0.5f]);
    }

    private protected override void Check(bool isValidated)
    {
        if (Settings.ThresholdSelection == ThresholdSelection.BestF1 && !isValidated)
            throw new ArgumentException("ThresholdSelection is BestF1, which needs validation images to choose by; give a ValidationSet or a ValidationSetFraction, or leave it Fixed.");
    }

    private protected override ResNetMultiLabelTransformer Model(TrainedNetwork trained, TrainingLog log)
    {
        var fixedOne = (float)Settings.Threshold;
        var names = trained.Label.Names;
        if (Settings.ThresholdSelection == ThresholdSelection.Fixed || trained.Result?.ValidationScores is not { } scores)
            return new(trained with { Thresholds = [.. Enumerable.Repeat(fixedOne, names.Count)] }, Settings.Scoring);
        var best = Thresholds.BestF1(scores);
        var thresholds = best.Select(threshold => threshold ?? fixedOne).ToArray();
        log.Info($"Thresholds of the highest F1 on {scores.Targets.Count / scores.Classes} validation images: {string.Join(", ", names.Zip(thresholds, (name, threshold) => FormattableString.Invariant($"{name} {threshold:0.000}")))}");
        if (best.Contains(null))
            log.Warning($"No validation image has {string.Join(", ", names.Where((_, i) => best[i] is null).Select(name => $"'{name}'"))}; the threshold stays at {fixedOne.ToString(System.Globalization.CultureInfo.InvariantCulture)} there.");
        return new(trained with { Thresholds = thresholds }, Settings.Scoring);
    }
}
