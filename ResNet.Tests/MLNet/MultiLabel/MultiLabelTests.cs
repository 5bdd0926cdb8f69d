using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.Tests.MLNet.Saving;
using Xunit;

namespace ResNet.Tests.MLNet.MultiLabel;

/// <summary>Several classes an image, from names to a saved and reloaded model.</summary>
public class MultiLabelTests
{
    [Fact]
    public void LightsAreToldApartAndTheSavedModelSaysTheSame()
    {
        using var saved = new SavedModels();
        var ml = new MLContext(1);
        var data = Lights.Labelled(ml, Lights.Make(96));
        var test = Lights.Labelled(ml, Lights.Make(40, seed: 1));
        using var model = ml.MulticlassClassification.Trainers.ResNetMultiLabel(Lights.Options(o =>
            (o.ValidationSetFraction, o.ThresholdSelection) = (0.25, ThresholdSelection.BestF1))).Fit(data);

        Assert.Equal(Lights.Names, model.LabelNames);
        Assert.All(model.Thresholds, threshold => Assert.InRange(threshold, 0.01, 0.99));
        Assert.Contains(model.Thresholds, threshold => threshold != 0.5f);
        Assert.True(model.TrainingResult.Epochs[^1].ValidationMeanAveragePrecision > 0.95);

        var scored = model.Transform(test);
        Check(ml, scored, model.Thresholds);
        var metrics = ml.MulticlassClassification.EvaluateMultiLabel(scored);
        Assert.InRange(metrics.MeanAveragePrecision!.Value, 0.98, 1);
        Assert.InRange(metrics.ExactMatch, 0.9, 1);

        var zip = saved.Save(ml, model, data.Schema);
        var stock = ml.Model.Load(zip, out _);
        using var disposable = (IDisposable)stock;
        Assert.Equal(SavedModels.Columns(model.GetOutputSchema(test.Schema)), SavedModels.Columns(stock.GetOutputSchema(test.Schema)));
        Same(ml, scored, stock.Transform(test));

        using var ours = (ResNetMultiLabelTransformer)ml.Model.LoadResNet(zip, out _);
        Assert.Equal(model.Thresholds, ours.Thresholds);
        Same(ml, scored, ours.Transform(test));
        using var torch = (ResNetMultiLabelTransformer)ml.Model.LoadResNet(zip, out _, new() { Engine = ScoringEngine.TorchSharp });
        Same(ml, scored, torch.Transform(test));

        // The same labels: the classifier goes on.
        var file = ResNetModelFile.Read(zip);
        Assert.Equal(model.Thresholds, file.Thresholds!);
        using var further = new ResNetMultiLabelTrainer(Lights.Options(o =>
            (o.Specification, o.ContinueFrom, o.Epoch, o.LearningRate) = (null, file, 1, 1e-5))).Fit(data);
        Assert.InRange(ml.MulticlassClassification.EvaluateMultiLabel(further.Transform(test)).MeanAveragePrecision!.Value, 0.98, 1);
    }

    [Fact]
    public void AnEngineGivesTheNames()
    {
        var ml = new MLContext(1);
        var data = Lights.Labelled(ml, Lights.Make(64));
        using var model = ml.MulticlassClassification.Trainers.ResNetMultiLabel(Lights.Options()).Fit(data);
        using var engine = ml.Model.CreatePredictionEngine<Light, Verdict>(model, new PredictionEngineOptions { OwnsTransformer = false });
        foreach (var light in Lights.Make(16, seed: 3))
        {
            var verdict = engine.Predict(light);
            Assert.Equal(light.Names, verdict.PredictedLabels);
            Assert.Equal(Lights.Names.Select(light.Names.Contains), verdict.PredictedLabel);
        }
    }

    [Theory]
    [InlineData("head")]
    [InlineData("fine-tune")]
    [InlineData("mixing")]
    [InlineData("averaging")]
    [InlineData("weights")]
    [InlineData("sampling")]
    [InlineData("focal")]
    [InlineData("smoothing")]
    public void WhatTrainersCanDoWorksForSeveralClassesToo(string what)
    {
        using var folder = new TemporaryFolder();
        var ml = new MLContext(1);
        var data = Lights.Labelled(ml, Lights.Make(48));
        using var model = new ResNetMultiLabelTrainer(Lights.Options(o =>
        {
            (o.Epoch, o.ValidationSetFraction, o.WorkspacePath) = (what == "head" ? 30 : 10, 0.25, folder.Path);
            o.EarlyStoppingCriteria = new() { Patience = 30, MinDelta = 0 };
            if (what == "head") (o.Mode, o.Augmentation, o.ThresholdSelection) = (TrainingMode.HeadOnly(), Augmentation.Flip(), ThresholdSelection.BestF1);
            if (what == "fine-tune") o.Mode = TrainingMode.FineTune();
            if (what == "mixing") o.Mixing = Mixing.OneOf(Mixing.Mixup(), Mixing.CutMix());
            if (what == "averaging") o.Averaging = new() { Decay = 0.9 };
            if (what == "weights") o.ClassBalancing = ClassBalancing.Weights;
            if (what == "sampling") o.ClassBalancing = ClassBalancing.Sampling;
            if (what == "focal") o.Loss = LossFunction.Focal();
            if (what == "smoothing") o.LabelSmoothing = 0.1;
        })).Fit(data);
        var best = model.TrainingResult.Epochs.Max(epoch => epoch.ValidationMeanAveragePrecision);
        Assert.Equal(best, model.TrainingResult.Epochs[model.TrainingResult.BestEpoch!.Value - 1].ValidationMeanAveragePrecision);
        // A network of random weights has features that tell the lights, too.
        Assert.InRange(ml.MulticlassClassification.EvaluateMultiLabel(model.Transform(data)).MeanAveragePrecision!.Value, 0.8, 1);
    }

    [Fact]
    public void OptionsThatDoNotSuitAreRefused()
    {
        var data = Lights.Labelled(new(1), Lights.Make(16));
        Assert.Contains("BinaryCrossEntropy", Assert.Throws<ArgumentException>(() => new ResNetMultiLabelTrainer(Lights.Options(o => o.Loss = LossFunction.CrossEntropy))).Message);
        Assert.Contains("ValidationSetFraction", Assert.Throws<ArgumentException>(() => new ResNetMultiLabelTrainer(Lights.Options(o => o.ThresholdSelection = ThresholdSelection.BestF1)).Fit(data)).Message);
        Assert.Contains("Threshold", Assert.ThrowsAny<ArgumentException>(() => Lights.Options(o => o.Threshold = 0)).Message);
        Assert.Contains("Threshold", Assert.ThrowsAny<ArgumentException>(() => Lights.Options(o => o.Threshold = 1)).Message);
        Assert.Contains("PredictedLabels", Assert.ThrowsAny<ArgumentException>(() => Lights.Options(o => o.PredictedLabelsColumnName = "")).Message);
    }

    private static void Check(MLContext ml, IDataView scored, IReadOnlyList<float> thresholds)
    {
        foreach (var row in ml.Data.CreateEnumerable<Verdict>(scored, reuseRowObject: false))
        {
            Assert.All(row.Score, score => Assert.InRange(score, 0, 1));
            Assert.Equal(row.Score.Zip(thresholds, (score, threshold) => score >= threshold), row.PredictedLabel);
            Assert.Equal(Lights.Names.Where((_, i) => row.PredictedLabel[i]), row.PredictedLabels);
        }
    }

    private static void Same(MLContext ml, IDataView expected, IDataView actual)
    {
        var pairs = Rows(expected).Zip(Rows(actual)).ToArray();
        Assert.Equal(40, pairs.Length);
        foreach (var (one, other) in pairs)
        {
            Assert.True(one.Score.Zip(other.Score).Max(score => Math.Abs(score.First - score.Second)) < 1e-4);
            Assert.Equal(one.PredictedLabel, other.PredictedLabel);
            Assert.Equal(one.PredictedLabels, other.PredictedLabels);
        }

        IEnumerable<Verdict> Rows(IDataView view) => ml.Data.CreateEnumerable<Verdict>(view, reuseRowObject: false);
    }
}
