using System.Diagnostics;
using Microsoft.ML;
using ResNet.MLNet;
using Spectre.Console;

namespace TransferLearning;

/// <summary>The main job: folder → checks → pipeline → training → evaluation → model.zip and report → predictions from the file.</summary>
internal static class Job
{
    public static int Run(Settings settings, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Output);
        var images = ImageFolder.Open(settings.Data ?? Shapes.Write(Path.Combine(settings.Output, "shapes")));
        var start = StartingPoint.Of(settings, cancel);
        var accuracies = new List<double>();
        for (var run = 0; run < settings.Repeat && !cancel.IsCancellationRequested; run++)
            accuracies.Add(Once(settings with { Seed = settings.Seed + run }, images, start, isLast: run == settings.Repeat - 1, cancel));
        if (accuracies.Count > 1)
            Terminal.Spread(settings, accuracies);
        return 0;
    }

    // The accuracy on images that were held out.
    private static double Once(Settings settings, ImageSet images, StartingPoint start, bool isLast, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var started = DateTimeOffset.Now;
        var (train, test) = TestImages.Of(images, settings);
        var checks = DataCheck.Run(train, test, cancellationToken: cancel);
        // Files whose structure is in order but that cannot be decoded.
        var unusable = checks.Unusable.Select(file => file.Path).ToArray();
        (train, test) = (train.Without(unusable), test.Without(unusable));
        Terminal.Data(settings, train, test, checks);

        var ml = new MLContext(settings.Seed);
        var trainer = default(ResNetClassificationTrainer.Options);
        var (rows, held) = (train.ToDataView(ml), test.ToDataView(ml));

        // This is the whole pipeline. All that is saved of it are ML.NET's own transformers, so that model.zip loads in any app.
        using var model = Terminal.Training(start.Description, progress => ml.Transforms.Conversion.MapValueToKey(nameof(LabeledImage.Label), keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.LoadImages("Image", "", nameof(LabeledImage.ImagePath)))
            .Append(ml.Transforms.PrepareImages("Features", "Image", start.Preprocessing))
            .Append(ml.MulticlassClassification.Trainers.ResNetClassification(trainer = Recipe.Options(ml, settings, start, train.Images.Count, progress, cancel)))
            .Fit(rows));

        var network = model.LastTransformer;
        if (network.TrainingResult.Cancelled)
            AnsiConsole.MarkupLine("[yellow]Training was cancelled; what follows is the network so far.[/]");
        // The report needs the scores, too.
        var scored = ml.Data.Cache(model.Transform(held), nameof(LabeledImage.ImagePath), nameof(LabeledImage.Label), "Score", "PredictedLabel");
        var metrics = ml.MulticlassClassification.Evaluate(scored);
        Terminal.Evaluation(settings, metrics, test, network.TrainingResult);
        if (!isLast && !cancel.IsCancellationRequested)
            return metrics.MicroAccuracy;

        var zip = Path.Combine(settings.Output, "model.zip");
        ml.Model.Save(model, rows.Schema, zip);
        var report = Report.Write(settings, start, started, trainer!, network, scored, test, checks, zip);
        Terminal.Predictions(zip, Predictions.FromFile(zip, test, settings.Seed));
        AnsiConsole.MarkupLineInterpolated($"Wrote {zip} and {report}. {clock.Elapsed.TotalSeconds:F0} s in all.");
        return metrics.MicroAccuracy;
    }
}
