using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.MLNet;
using Spectre.Console;

namespace Benchmarks;

/// <summary>
/// Training of a classifier on frozen ResNet-50 features: the first run, and the second one, which finds the features on disk, as shares of
/// one pass of the backbone through ONNX Runtime over the same images as ready tensors; and both from JPEG files. They take turns.
/// </summary>
internal static class FeatureBenchmark
{
    private const int Side = 224, Classes = 5, Batch = 32;

    public static void Run(Settings settings, int images)
    {
        var rounds = settings.Rounds;
        var folder = Directory.CreateTempSubdirectory("resnet-features-").FullName;
        try
        {
            var random = new Random(0);
            var rows = Enumerable.Range(0, images).Select(i => new Row { Label = (uint)(i % Classes), Pixels = Noise(random) }).ToArray();
            var ml = new MLContext();
            var view = ml.Data.LoadFromEnumerable(rows);
            using var photos = new Photos(null, images);
            var files = ml.Data.LoadFromEnumerable(photos.Files.Select((file, i) => new Photo { Label = (uint)(i % Classes), ImagePath = file }));
            files = ml.Transforms.LoadImages("Image", "", "ImagePath")
                .Append(ml.Transforms.PrepareImages(nameof(Row.Pixels), "Image", Preprocessing.ImageNet, PrepareImagesMode.Exact)).Fit(files).Transform(files);
            using var backbone = new Backbone(rows);
            backbone.Run(Math.Min(images, 2 * Batch));
            var measured = new List<(double Pass, double First, double Second, double FirstFiles, double SecondFiles)>();
            for (var round = 0; round < rounds; round++)
            {
                var workspace = Path.Combine(folder, $"{round}");
                measured.Add((backbone.Run(images), Train(view, workspace), Train(view, workspace), Train(files, workspace), Train(files, workspace)));
                Directory.Delete(workspace, recursive: true);
            }

            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{images} images of 3×{Side}×{Side}. Median (lowest – highest of {rounds} rounds); a ratio is taken within a round.");
            var table = new Table().Border(TableBorder.Markdown).AddColumns("", "seconds", "share of the pass");
            table.AddRow("one pass of the backbone", Spread(measured.Select(x => x.Pass)), "1");
            table.AddRow("first training", Spread(measured.Select(x => x.First)), Spread(measured.Select(x => x.First / x.Pass)));
            table.AddRow("second training", Spread(measured.Select(x => x.Second)), Spread(measured.Select(x => x.Second / x.Pass)));
            table.AddRow("second / first", "", Spread(measured.Select(x => x.Second / x.First)));
            table.AddRow("first training from JPEG files", Spread(measured.Select(x => x.FirstFiles)), Spread(measured.Select(x => x.FirstFiles / x.Pass)));
            table.AddRow("second training from JPEG files", Spread(measured.Select(x => x.SecondFiles)), Spread(measured.Select(x => x.SecondFiles / x.Pass)));
            table.AddRow("second / first", "", Spread(measured.Select(x => x.SecondFiles / x.FirstFiles)));
            AnsiConsole.Write(table);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Train(IDataView view, string workspace)
    {
        var clock = Stopwatch.StartNew();
        using var model = new ResNetClassificationTrainer(new ResNetClassificationTrainer.Options
        {
            Arch = "resnet50",
            FeatureColumnName = nameof(Row.Pixels),
            Mode = TrainingMode.HeadOnly(),
            WorkspacePath = workspace,
            ScoringBatchSize = Batch,
            Seed = 0,
        }).Fit(view);
        return clock.Elapsed.TotalSeconds;
    }

    private static byte[] Noise(Random random)
    {
        var pixels = new byte[3 * Side * Side];
        random.NextBytes(pixels);
        return pixels;
    }

    private static string Spread(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:F3} ({sorted[0]:F3} – {sorted[^1]:F3})");
    }

    /// <summary>The peer: ONNX Runtime over ready tensors and nothing else.</summary>
    private sealed class Backbone : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly float[][] _batches;

        public Backbone(IReadOnlyList<Row> rows)
        {
            using var network = NetworkPresets.Get("resnet50").Create(seed: 0);
            using var stream = new MemoryStream();
            network.SaveFeaturesOnnx(stream);
            _session = new(stream.ToArray());
            _batches = [.. rows.Chunk(Batch).Select(batch => batch.SelectMany(row => row.Pixels).Select(value => (float)value).ToArray())];
        }

        public double Run(int images)
        {
            var clock = Stopwatch.StartNew();
            using var options = new RunOptions();
            foreach (var batch in _batches.Take((images + Batch - 1) / Batch))
            {
                long count = batch.Length / (3 * Side * Side);
                using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, batch.AsMemory(), [count, 3, Side, Side]);
                using var results = _session.Run(options, ["input"], [input], ["Features" + OnnxFeatureExport.BatchSuffix]);
            }

            return clock.Elapsed.TotalSeconds;
        }

        public void Dispose() => _session.Dispose();
    }

    private sealed class Photo
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        public string ImagePath { get; set; } = "";
    }

    private sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(3, Side, Side)]
        public byte[] Pixels { get; set; } = [];
    }
}
