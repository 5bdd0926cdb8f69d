using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.MLNet.Images;
using ResNet.Tests.MLNet.MultiLabel;

namespace ResNet.Tests.MLNet.Reporting;

/// <summary>A report of a model that was trained on generated pictures, in which any of three lights may be on.</summary>
internal static class SampleMultiLabelReport
{
    public static readonly string[] Classes = ["blue", SampleReport.Hostile, "red"];

    public static MultiLabelTrainingReport Make(string folder)
    {
        var random = new Random(3);
        var list = new List<string> { "path,label" };
        for (var i = 0; i < 48; i++)
        {
            var name = $"picture {i} <b>.png";
            var pixels = Enumerable.Range(0, 3 * 144).Select(at => (byte)(random.Next(0, 130) + (Lights.IsOn(i, at % 3) ? 80 : 0))).ToArray();
            using (var picture = new RgbImage(pixels, 12, 12).ToMLImage())
                picture.Save(Path.Combine(folder, name));
            list.Add($"\"{name}\",\"{string.Join(";", Classes.Where((_, c) => Lights.IsOn(i, c))).Replace("\"", "\"\"")}\"");
        }
        File.WriteAllLines(Path.Combine(folder, "list.csv"), list);

        var ml = new MLContext(1);
        var (train, held) = ImageList.Open(Path.Combine(folder, "list.csv"), new() { LabelSeparator = ';' }).Split(0.25, seed: 1);
        var options = Lights.Options(o => (o.Epoch, o.ValidationSetFraction, o.ThresholdSelection) = (4, 0.25, ThresholdSelection.BestF1));
        using var model = ml.Transforms.LoadImages("Image", "", nameof(LabeledImage.ImagePath))
            .Append(ml.Transforms.ResizeImages("Image", 12, 12))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.MulticlassClassification.Trainers.ResNetMultiLabel(options)).Fit(train.ToDataView(ml));
        var scored = ScoredLabelImages.Read(model.Transform(held.ToDataView(ml)), imagePathColumnName: nameof(LabeledImage.ImagePath));
        var network = model.LastTransformer;
        return new()
        {
            Title = "Lights " + SampleReport.Hostile,
            Predictions = scored.Predictions,
            ImagePaths = scored.ImagePaths,
            Thresholds = network.Thresholds,
            ThresholdSelection = options.ThresholdSelection,
            Epochs = network.TrainingResult.Epochs,
            Data = DataCheck.Run(train, held),
            Run = new() { Device = network.TrainingResult.Device, Seed = 1, Network = "tiny", Options = RunRecord.Describe(options) },
        };
    }
}
