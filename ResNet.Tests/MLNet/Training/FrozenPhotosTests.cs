using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using Xunit.Abstractions;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Frozen ResNet-50 features of real photos: as accurate as logistic regression on PyTorch's features of the same weights.</summary>
[Trait("Category", "Slow")]
public class FrozenPhotosTests(ITestOutputHelper output)
{
    // The reference: 80/20 splits, seeds 0 to 4; mean and lowest.
    [SkippableTheory]
    [InlineData("crack", 0.7875, 0.76)]
    [InlineData("flowers", 0.865, 0.80)]
    public void Accuracy_is_the_references(string folder, double mean, double lowest)
    {
        SlowTests.Require();
        var weights = Pretrained.Get("resnet50.keras_in1k");
        Skip.IfNot(File.Exists(new WeightsCache().PathOf(weights)), $"needs {weights.Source.FileName} in the cache folder; run samples/Classify once");
        var images = ImageFolder.Open(Repository.Shared("data", "transfer", folder));
        using var workspace = new TemporaryFolder();
        var accuracies = new List<double>();
        for (var seed = 0; seed < 5; seed++)
        {
            var ml = new MLContext(seed);
            ml.Log += (_, e) =>
            {
                if (e.Message.Contains("Features of")) output.WriteLine(e.Message);
            };
            var (train, test) = images.Split(0.2, seed);
            var prepare = ml.Transforms.Conversion.MapValueToKey("Label")
                .Append(ml.Transforms.LoadImages("Image", "", "ImagePath"))
                .Append(ml.Transforms.PrepareImages("Features", "Image", weights.Preprocessing, PrepareImagesMode.Exact))
                .Fit(train.ToDataView(ml));
            // The test photos are the training's validation: nothing is chosen by them.
            using var model = ml.MulticlassClassification.Trainers.ResNetClassification(new ResNetClassificationTrainer.Options
            {
                Weights = weights,
                Mode = TrainingMode.HeadOnly(),
                LearningRate = 0.01,
                LearningRateScheduler = LearningRateSchedule.CosineDecay(),
                Optimizer = new SgdOptions { WeightDecay = 1e-3 },
                BatchSize = 32,
                KeepBest = false,
                WorkspacePath = workspace.Path,
                Context = ml,
            }).Fit(prepare.Transform(train.ToDataView(ml)), prepare.Transform(test.ToDataView(ml)));
            accuracies.Add(model.TrainingResult.Epochs[^1].ValidationAccuracy!.Value);
        }

        output.WriteLine($"{folder}: mean {accuracies.Average():P2} ({accuracies.Min():P2} – {accuracies.Max():P2}); reference {mean:P2}");
        Assert.InRange(accuracies.Average(), lowest, 1);
    }
}
