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
        var clock = Stopwatch.StartNew();
        var started = DateTimeOffset.Now;
        Directory.CreateDirectory(settings.Output);
        var images = ImageFolder.Open(settings.Data ?? Shapes.Write(Path.Combine(settings.Output, "shapes")));
        var (train, test) = images.Split(settings.TestFraction, settings.Seed);
        var checks = DataCheck.Run(train, test);
        // Files whose structure is in order but that cannot be decoded.
        var unusable = checks.Unusable.Select(file => file.Path).ToArray();
        (train, test) = (train.Without(unusable), test.Without(unusable));
        Terminal.Data(settings, train, test, checks);
        var start = StartingPoint.Of(settings, cancel);

        var ml = new MLContext(settings.Seed);
        var trainer = default(ResNetClassificationTrainer.Options);

        // This is the whole pipeline. All that is saved of it are ML.NET's own transformers, so that model.zip loads in any app.
        using var model = Terminal.Training(start.Description, progress => ml.Transforms.Conversion.MapValueToKey(nameof(LabeledImage.Label), keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.LoadImages("Image", "", nameof(LabeledImage.ImagePath)))
            .Append(ml.Transforms.PrepareImages("Features", "Image", start.Preprocessing))
            .Append(ml.MulticlassClassification.Trainers.ResNetClassification(trainer = Recipe.Options(ml, settings, start, progress, cancel)))
            .Fit(train.ToDataView(ml)));

        var network = model.LastTransformer;
        if (network.TrainingResult.Cancelled)
            AnsiConsole.MarkupLine("[yellow]Training was cancelled; what follows is the best network so far.[/]");
        var rows = test.ToDataView(ml);
        var scored = model.Transform(rows);
        Terminal.Evaluation(ml.MulticlassClassification.Evaluate(scored), test, network.TrainingResult);

        var zip = Path.Combine(settings.Output, "model.zip");
        ml.Model.Save(model, rows.Schema, zip);
        var report = Report.Write(settings, start, started, trainer!, network, scored, test, checks, zip);
        Terminal.Predictions(zip, Predictions.FromFile(zip, test, settings.Seed));
        AnsiConsole.MarkupLineInterpolated($"Wrote {zip} and {report}. {clock.Elapsed.TotalSeconds:F0} s in all.");
        return 0;
    }
}
