using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;

namespace QuickStart;

/// <summary>The whole run on one page: report.html.</summary>
internal static class Report
{
    public static string Write(Settings settings, DateTimeOffset started, ResNetClassificationTransformer model, IDataView scored, ImageSet train, ImageSet test)
    {
        var images = ScoredImages.Read(scored, imagePathColumnName: nameof(LabeledImage.ImagePath));
        var file = Path.Combine(settings.Output, "report.html");
        new TrainingReport
        {
            Title = settings.Data is null ? "Fashion-MNIST" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.Data))),
            Predictions = images.Predictions,
            ImagePaths = images.ImagePaths,
            Epochs = model.TrainingResult.Epochs,
            Heatmaps = Heatmap.Of(model.Network, new Preprocessing { Resize = settings.Size, Crop = settings.Size }, images.Predictions, images.ImagePaths, images.Predictions.TopLosses(6).Select(top => top.Image)),
            Data = DataCheck.Run(train, test),
            Run = new()
            {
                Started = started,
                Elapsed = model.TrainingResult.Elapsed,
                Device = model.TrainingResult.Device,
                Cancelled = model.TrainingResult.Cancelled,
                Seed = settings.Seed,
                Network = $"{settings.Arch} at {settings.Size}×{settings.Size}",
                Options = RunRecord.Describe(settings),
                Hashes = [KeyValuePair.Create("model.zip", RunRecord.HashOf(Path.Combine(settings.Output, "model.zip")))],
            },
        }.Save(file);
        return file;
    }
}
