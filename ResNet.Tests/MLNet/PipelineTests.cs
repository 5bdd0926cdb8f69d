using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet;

/// <summary>The trainer and its model among ML.NET's own parts.</summary>
public class PipelineTests
{
    [Fact]
    public void EvaluateSeesWhatTheModelLearnt()
    {
        var (ml, _, model) = Pictures.Trained;
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(Pictures.Make(60, seed: 9))));

        Assert.Equal(1, metrics.MicroAccuracy);
        Assert.Equal(3, metrics.ConfusionMatrix.NumberOfClasses);
        Assert.True(metrics.LogLoss < 0.5, $"log loss {metrics.LogLoss}");
    }

    [Fact]
    public void CrossValidateTrainsAndMeasuresEachFold()
    {
        var ml = new MLContext(1);
        var folds = ml.MulticlassClassification.CrossValidate(Pictures.Keyed(ml, Pictures.Make(90)),
            ml.MulticlassClassification.Trainers.ResNetClassification(Pictures.Options(o => o.Epoch = 15)), numberOfFolds: 3);

        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.True(fold.Metrics.MicroAccuracy > 0.9, $"fold {fold.Fold}: {fold.Metrics.MicroAccuracy}"));
    }

    [Fact]
    public void PredictionEngineAgreesWithTheBatches()
    {
        var (ml, _, model) = Pictures.Trained;
        var pictures = Pictures.Make(20, seed: 3);
        var batched = Pictures.Scores(model.Transform(ml.Data.LoadFromEnumerable(pictures)));
        using var engine = ml.Model.CreatePredictionEngine<Picture, Opinion>(model, new PredictionEngineOptions { OwnsTransformer = false });

        for (var i = 0; i < pictures.Count; i++)
        {
            var opinion = engine.Predict(pictures[i]);
            Assert.Equal(pictures[i].Id, opinion.Id);
            Assert.Equal((uint)(i % 3 + 1), opinion.PredictedLabel);
            Assert.Equal(1, opinion.Score.Sum(), 1e-5);
            for (var c = 0; c < 3; c++) Assert.Equal(batched[i][c], opinion.Score[c], 1e-6);
        }
    }

    [Fact]
    public void PredictedLabelsMapBackToText()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Pictures.Make(90));
        var model = Pictures.Pipeline(ml, Pictures.Options()).Append(ml.Transforms.Conversion.MapKeyToValue("Fruit", "PredictedLabel")).Fit(data);

        Assert.Equal(Pictures.Make(90).Select(picture => picture.Label), model.Transform(data).GetColumn<string>("Fruit"));
        using var engine = ml.Model.CreatePredictionEngine<Picture, Opinion>(model);
        Assert.Equal("fig", engine.Predict(Pictures.Make(3, seed: 5)[2]).Fruit);
    }

    [Fact]
    public void CachePreviewTextAndSplitWorkOnTheScoredView()
    {
        var (ml, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        var expected = Pictures.Scores(scored);

        var cached = ml.Data.Cache(scored);
        Assert.Equal(expected, Pictures.Scores(cached));
        Assert.Equal(expected, Pictures.Scores(cached));

        var preview = scored.Preview(5);
        Assert.Equal(5, preview.RowView.Length);
        Assert.Contains(preview.RowView[0].Values, pair => pair.Key == "Score");

        using var text = new MemoryStream();
        ml.Data.SaveAsText(scored, text, schema: false, headerRow: false);
        Assert.Equal(90, text.ToArray().Count(character => character == '\n'));

        Assert.Equal(expected.Skip(10).Take(7), Pictures.Scores(ml.Data.TakeRows(ml.Data.SkipRows(scored, 10), 7)));
        var parts = ml.Data.TrainTestSplit(scored, 0.3, seed: 2);
        Assert.Equal(90, Pictures.Scores(parts.TrainSet).Length + Pictures.Scores(parts.TestSet).Length);
    }

    [Fact]
    public void AScoredViewIsSavedAsBinary()
    {
        var (ml, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var stream = File.Create(path)) ml.Data.SaveAsBinary(scored, stream);
            var loaded = ml.Data.LoadFromBinary(path);
            Assert.Equal(Pictures.Scores(scored), Pictures.Scores(loaded));
            Assert.Equal(scored.GetColumn<uint>("PredictedLabel"), loaded.GetColumn<uint>("PredictedLabel"));
            Assert.Equal(scored.GetColumn<int>("Id"), loaded.GetColumn<int>("Id"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void TrainsOnACachedAndOnAShuffledView()
    {
        var ml = new MLContext(1);
        var keyed = Pictures.Keyed(ml, Pictures.Make(60));
        var trainer = ml.MulticlassClassification.Trainers.ResNetClassification(Pictures.Options(o => o.Epoch = 1));
        using var plain = trainer.Fit(keyed);
        using var cached = trainer.Fit(ml.Data.Cache(keyed));
        using var shuffled = trainer.Fit(ml.Data.ShuffleRows(keyed, seed: 4));

        Assert.Equal(Pictures.Weights(plain), Pictures.Weights(cached));
        Assert.NotEqual(Pictures.Weights(plain), Pictures.Weights(shuffled));
    }

    [Fact]
    public void TheSimpleOverloadTrains()
    {
        var ml = new MLContext(1);
        var data = Pictures.Keyed(ml, Pictures.Make(24));
        using var model = ml.MulticlassClassification.Trainers.ResNetClassification(arch: "resnet20", epochs: 1, scoreColumnName: "S", predictedLabelColumnName: "P").Fit(data);

        Assert.Equal("resnet20", model.Specification.Name);
        Assert.Equal(3, model.Specification.Classes);
        Assert.Single(model.TrainingResult.Epochs);
        Assert.Equal(24, model.Transform(data).GetColumn<float[]>("S").Count());
    }
}
