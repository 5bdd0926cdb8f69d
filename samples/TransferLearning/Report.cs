using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;

namespace TransferLearning;

/// <summary>The whole run on one page: report.html.</summary>
internal static class Report
{
    public static string Write(
        Settings settings, StartingPoint start, DateTimeOffset started, ResNetClassificationTrainer.Options options,
        ResNetClassificationTransformer model, IDataView scored, ImageSet test, DataReport checks, string zip)
    {
        var images = ScoredImages.Read(scored, imagePathColumnName: nameof(LabeledImage.ImagePath));
        var file = Path.Combine(settings.Output, "report.html");
        new TrainingReport
        {
            Title = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(test.Source))),
            Predictions = images.Predictions,
            ImagePaths = images.ImagePaths,
            Epochs = model.TrainingResult.Epochs,
            Heatmaps = Heatmap.Of(model.Network, start.Preprocessing, images.Predictions, images.ImagePaths, images.Predictions.TopLosses(6).Select(top => top.Image)),
            Data = checks,
            Run = new()
            {
                Started = started,
                Elapsed = model.TrainingResult.Elapsed,
                Device = model.TrainingResult.Device,
                Cancelled = model.TrainingResult.Cancelled,
                Seed = settings.Seed,
                Network = $"{start.Description}, {start.Preprocessing.Crop}×{start.Preprocessing.Crop}",
                Options = RunRecord.Describe(options),
                Hashes = [KeyValuePair.Create("model.zip", RunRecord.HashOf(zip))],
            },
        }.Save(file);
        return file;
    }
}
