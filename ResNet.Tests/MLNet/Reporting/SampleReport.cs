using ResNet.Core;
using ResNet.MLNet;
using ResNet.Tests.MLNet.Data;

namespace ResNet.Tests.MLNet.Reporting;

/// <summary>A report with every section, of generated pictures and generated predictions.</summary>
internal static class SampleReport
{
    public const string Hostile = "<script>document.title='owned'</script> \"x\" 'y' & z";

    public static TrainingReport Make(string folder, int images = 40)
    {
        string[] classes = ["daisy", Hostile, "rose"];
        var random = new Random(5);
        var (probabilities, labels, paths) = (new List<float>(), new List<int>(), new List<string>());
        var list = new List<string>();
        for (var i = 0; i < images; i++)
        {
            var label = i % 3;
            var logits = classes.Select((_, c) => Math.Exp(random.NextDouble() * 3 + (c == label ? 2 : 0))).ToArray();
            probabilities.AddRange(logits.Select(l => (float)(l / logits.Sum())));
            labels.Add(label);
            var path = Path.Combine(folder, $"picture {i} <b>.png");
            using (var picture = PictureLookTests.Noise(9, 8, (uint)(i + 1)).Resized(90, 80).ToMLImage())
                picture.Save(path);
            paths.Add(path);
            list.Add($"\"{path}\",\"{classes[label].Replace("\"", "\"\"")}\"");
        }
        File.Copy(paths[0], paths[0] + ".copy.png");
        list.Add($"\"{paths[0]}.copy.png\",rose");
        list.Add($"\"{folder}/nothing.png\",rose");
        File.WriteAllLines(Path.Combine(folder, "list.csv"), list);

        var (train, validation) = ImageList.Open(Path.Combine(folder, "list.csv")).Split(0.3, seed: 1);
        var predictions = new Predictions([.. probabilities], labels, classes);
        using var network = (Pictures.Tiny() with { Classes = 3 }).Create(seed: 1);
        return new()
        {
            Title = "Flowers " + Hostile,
            Predictions = predictions,
            ImagePaths = paths,
            Epochs = [.. Enumerable.Range(1, 8).Select(e => new EpochMetrics(e, 1.1 / e, 1 - 0.5 / e, 1.2 / e + 0.1, 0.95 - 0.5 / e, 0.1 / e, 900))],
            Heatmaps = Heatmap.Of(network, new Preprocessing { Resize = 14, Crop = 12 }, predictions, paths, predictions.TopLosses(3).Select(t => t.Image)),
            Data = DataCheck.Run(train, validation),
            Run = new() { Started = new(2026, 11, 21, 7, 0, 0, TimeSpan.Zero), Elapsed = TimeSpan.FromSeconds(83), Device = "cpu", Seed = 1, Network = "tiny", Options = RunRecord.Describe(new TrainingOptions()) },
        };
    }
}
