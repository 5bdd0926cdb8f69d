using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.Core;
using ResNet.MLNet;
using Spectre.Console;

namespace QuickStart;

/// <summary>The main job: images on disk → pipeline → trained network → evaluation → predictions.</summary>
internal static class Job
{
    /// <summary>Images that are held out for the test, about.</summary>
    private const int TestImages = 2_500;

    public static void Run(Settings settings, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var started = DateTimeOffset.Now;
        Directory.CreateDirectory(settings.Output);
        var (train, test) = Data(settings);
        var ml = new MLContext(settings.Seed);

        // This is the whole pipeline; the rest of this sample is showing what it does.
        var model = Terminal.Training(progress => ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.LoadImages("Image", "", "ImagePath"))
            .Append(ml.Transforms.ResizeImages("Image", settings.Size, settings.Size, resizing: ImageResizingEstimator.ResizingKind.IsoCrop))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.MulticlassClassification.Trainers.ResNetClassification(new ResNetClassificationTrainer.Options
            {
                Arch = settings.Arch,
                Epoch = settings.Epochs,
                BatchSize = settings.BatchSize,
                LearningRate = settings.LearningRate,
                LearningRateScheduler = LearningRateSchedule.OneCycle(),
                Optimizer = new SgdOptions { Nesterov = true, WeightDecay = 5e-4 },
                Augmentation = Augmentation.Crop(padding: 0),
                Context = ml,
                Device = settings.Device,
                Progress = progress,
                CancellationToken = cancel,
            }))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Prediction", "PredictedLabel"))
            .Fit(train.ToDataView(ml)));

        var network = model.OfType<ResNetClassificationTransformer>().Single();
        if (network.TrainingResult.Cancelled)
            AnsiConsole.MarkupLine("[yellow]Training was cancelled; what follows is the network so far.[/]");
        var scored = model.Transform(test.ToDataView(ml));
        var metrics = ml.MulticlassClassification.Evaluate(scored);
        Terminal.Evaluation(metrics, network.LabelNames, test.Images.Count);

        using var engine = ml.Model.CreatePredictionEngine<LabeledImage, Scored>(model);
        var shown = test.Take(network.LabelNames.Count, settings.Seed).Images.Take(5).ToArray();
        Terminal.Predictions(shown.Select(image => (image, engine.Predict(image))), network.LabelNames);

        var zip = Path.Combine(settings.Output, "model.zip");
        ml.Model.Save(model, train.ToDataView(ml).Schema, zip);
        var report = Report.Write(settings, started, network, scored, train, test);
        var file = Path.Combine(settings.Output, "metrics.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            accuracy = metrics.MicroAccuracy,
            testImages = test.Images.Count,
            seconds = Math.Round(clock.Elapsed.TotalSeconds, 1),
            trainImages = train.Images.Count,
            arch = settings.Arch,
            epochs = settings.Epochs,
            seed = settings.Seed,
            classes = network.LabelNames,
            perClassRecall = metrics.ConfusionMatrix.PerClassRecall,
            confusionMatrix = metrics.ConfusionMatrix.Counts,
        }, new JsonSerializerOptions { WriteIndented = true }));
        AnsiConsole.MarkupLineInterpolated($"Wrote {report}, {file} and {zip}. {clock.Elapsed.TotalSeconds:F0} s in all.");
        AnsiConsole.MarkupLineInterpolated($"An app without TorchSharp uses it so: dotnet run --project samples/Consume -- \"{zip}\" \"{shown[0].ImagePath}\"");
    }

    /// <summary>What the pipeline says of one image.</summary>
    internal sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }

    private static (ImageSet Train, ImageSet Test) Data(Settings settings)
    {
        ImageSet train, test;
        if (settings.Data is null)
        {
            var all = settings.Images >= 60_000;
            var folders = FashionMnist.Write(Path.Combine(settings.Output, "images"), all ? 60_000 : settings.Images, all ? 10_000 : TestImages);
            (train, test) = (Open(folders.Train), Open(folders.Test));
        }
        else if (Directory.Exists(Path.Combine(settings.Data, "train")) && Directory.Exists(Path.Combine(settings.Data, "test")))
            (train, test) = (Open(Path.Combine(settings.Data, "train")), Open(Path.Combine(settings.Data, "test")));
        else
            (train, test) = Open(settings.Data).Split(0.2, settings.Seed);
        train = train.Take(settings.Images, settings.Seed);
        AnsiConsole.MarkupLineInterpolated($"{train.Images.Count:N0} images to train on, {test.Images.Count:N0} to test on, {train.Classes.Count} classes.");
        return (train, test);
    }

    // Warns of what was found on disk, before any image is taken out.
    private static ImageSet Open(string path)
    {
        var folder = ImageFolder.Open(path);
        Terminal.Warnings(folder);
        return folder;
    }
}
