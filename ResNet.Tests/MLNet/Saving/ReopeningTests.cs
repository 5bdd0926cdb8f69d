using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Saving;

/// <summary>A model.zip as this library's transformer again, and as a network to train on; and files that are not what they seem.</summary>
public class ReopeningTests
{
    [Fact]
    public void APipelineComesBackWithOurTransformerInIt()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        var longer = model.Append(ml.Transforms.Conversion.MapKeyToValue("Fruit", "PredictedLabel").Fit(model.Transform(data)));
        var zip = saved.Save(ml, longer, data.Schema);
        var loaded = ml.Model.LoadResNet(zip, out var schema);
        Assert.Empty(saved.Left);

        var ours = SavedModels.Find(loaded);
        Assert.Equal(model.LastTransformer.Specification, ours.Specification);
        Assert.Equal(model.LastTransformer.ImageShape, ours.ImageShape);
        Assert.Equal(Pictures.Labels, ours.LabelNames);
        Assert.Equal(SavedModels.Columns(longer.GetOutputSchema(data.Schema)), SavedModels.Columns(loaded.GetOutputSchema(schema)));
        SavedModels.AssertSameScores(longer.Transform(data), loaded.Transform(data));
        Assert.Equal(Pictures.Make(90).Select(picture => picture.Label), loaded.Transform(data).GetColumn<string>("Fruit"));
        Assert.Equal(Pictures.Weights(model.LastTransformer), Pictures.Weights(ours));
        Assert.Contains("not trained here", Assert.Throws<InvalidOperationException>(() => ours.TrainingResult).Message);

        // Once more around, also with Windows' separators.
        var again = saved.Save(ml, loaded, schema, "again.zip");
        using (var archive = ZipFile.Open(again, ZipArchiveMode.Update))
        {
            foreach (var entry in archive.Entries.ToArray())
            {
                using var copy = new MemoryStream();
                using (var content = entry.Open()) content.CopyTo(copy);
                var name = entry.FullName.Replace('/', '\\');
                entry.Delete();
                using var written = archive.CreateEntry(name).Open();
                written.Write(copy.ToArray());
            }
        }
        using var stream = File.OpenRead(again);
        var twice = ml.Model.LoadResNet(stream, out _);
        SavedModels.AssertSameScores(loaded.Transform(data), twice.Transform(data), 0);
        ours.Dispose();
        SavedModels.Find(twice).Dispose();
    }

    [Fact]
    public void WarmingUpMakesTheEngineAndChangesNoScore()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        var zip = saved.Save(ml, model, data.Schema);
        var expected = Pictures.Scores(model.Transform(data));
        foreach (var engine in new[] { ScoringEngine.OnnxRuntime, ScoringEngine.TorchSharp })
        {
            var cold = ml.Model.LoadResNet(zip, out _, new() { Engine = engine, BatchSize = 8 });
            var warm = ml.Model.LoadResNet(zip, out _, new() { Engine = engine, BatchSize = 8 });
            warm.WarmUp();
            warm.WarmUp();
            Assert.Equal(Pictures.Scores(cold.Transform(data)), Pictures.Scores(warm.Transform(data)));
            // What the session cannot run comes out at once, not at the first request.
            SavedModels.Find(cold).Dispose();
            Assert.Throws<ObjectDisposedException>(() => cold.WarmUp());
            ((IDisposable)warm).Dispose();
        }
        model.WarmUp();
        Assert.Equal(expected, Pictures.Scores(model.Transform(data)));
    }

    [Fact]
    public void OnnxOfOthersInThePipelineStaysAsItIs()
    {
        using var saved = new SavedModels();
        var ml = new MLContext(1);
        var random = new Random(1);
        var rows = Enumerable.Range(0, 6).Select(i =>
        {
            var rgba = new byte[20 * 16 * 4];
            random.NextBytes(rgba);
            using var image = MLImage.CreateFromPixels(20, 16, MLPixelFormat.Rgba32, rgba);
            image.Save(saved.File($"{i}.png"));
            return new LabeledImage { ImagePath = saved.File($"{i}.png"), Label = $"{i % 2}" };
        }).ToList();
        var data = ml.Data.LoadFromEnumerable(rows);
        var model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.LoadImages("Image", "", "ImagePath"))
            .Append(ml.Transforms.PrepareImages("Features", "Image", new Preprocessing { Resize = 14, Crop = 12 }, PrepareImagesMode.Stock))
            .Append(ml.MulticlassClassification.Trainers.ResNetClassification(Pictures.Options(o => o.Epoch = 1)))
            .Fit(data);
        var loaded = ml.Model.LoadResNet(saved.Save(ml, model, data.Schema), out _);
        Assert.NotNull(SavedModels.Find(loaded));
        SavedModels.AssertSameScores(model.Transform(data), loaded.Transform(data));
        ((IDisposable)loaded).Dispose();
    }

    [Fact]
    public void TrainingGoesOnWithTheClassifierWhereTheLabelsAreTheSame()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        var file = ResNetModelFile.Read(saved.Save(ml, model, data.Schema));
        Assert.Equal(Pictures.Labels, file.Labels);
        var keyed = Pictures.Keyed(ml, Pictures.Make(12));
        using var on = Continue(keyed, file, out var log);
        Assert.Contains("the labels are the same", log);
        Assert.True(Distance("fc.weight", on) < 1e-3, "the classifier started anew");

        var renamed = Pictures.Keyed(ml, Pictures.Make(12).Select(picture => new Picture { Label = "a " + picture.Label, Features = picture.Features }));
        using var fresh = Continue(renamed, file, out log);
        Assert.Contains("fresh classifier", log);
        Assert.True(Distance("conv1.weight", fresh) < 1e-3, "the first layer started anew");
        Assert.True(Distance("fc.weight", fresh) > 1e-2, "the classifier is the old one");

        double Distance(string key, ResNetClassificationTransformer other) =>
            (model.LastTransformer.Network.state_dict()[key] - other.Network.state_dict()[key]).abs().max().item<float>();
    }

    [Fact]
    public void TrainingGoesOnFromOnnxToo()
    {
        using var saved = new SavedModels();
        var (ml, _, model) = Pictures.Trained;
        model.LastTransformer.Network.SaveOnnx(saved.File("model.onnx"), new OnnxExportOptions { Labels = Pictures.Labels });
        using var on = Continue(Pictures.Keyed(ml, Pictures.Make(12)), ResNetModelFile.Read(saved.File("model.onnx")), out var log);
        Assert.Contains("the labels are the same", log);
    }

    [Fact]
    public void AnotherArchitectureIsRefused()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        var file = ResNetModelFile.Read(saved.Save(ml, model, data.Schema));
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o => (o.ContinueFrom, o.Specification, o.Arch) = (file, null, "resnet20")));
        var message = Assert.Throws<ArgumentException>(() => trainer.Fit(Pictures.Keyed(ml, Pictures.Make(12)))).Message;
        Assert.Contains("holds a tiny", message);
        Assert.Contains("Leave Arch and Specification null", message);
    }

    [Fact]
    public void FilesThatAreNoModelOfOursAreRefused()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        var zip = File.ReadAllBytes(saved.Save(ml, model, data.Schema));
        Refused(zip[..(zip.Length / 2)], "no model.zip, or a damaged one");
        Refused("<html></html>"u8.ToArray(), "no model.zip");
        Refused([], "no model.zip");

        var stock = ml.Transforms.CopyColumns("Copy", "Id").Fit(data);
        Refused(File.ReadAllBytes(saved.Save(ml, stock, data.Schema, "stock.zip")), "no ONNX file at all");
        Refused(Rewritten(zip, bytes => "not ONNX at all"u8.ToArray()), "holds no network of ResNet.MLNet");
        Refused(Rewritten(zip, bytes => bytes[..(bytes.Length / 2)]), "damaged");
        Refused(Rewritten(zip, bytes => [.. bytes[..4], .. bytes[4..].Select((value, i) => i == bytes.AsSpan(4).IndexOf("\"pear\""u8) + 1 ? (byte)'b' : value)]), "labels");
        Refused(Rewritten(zip, bytes => [.. bytes, .. new byte[100 << 20]]), "refused");

        void Refused(byte[] bytes, string why)
        {
            using var stream = new MemoryStream(bytes);
            Assert.Contains(why, Assert.Throws<InvalidDataException>(() => ml.Model.LoadResNet(stream, out _)).Message);
        }
    }

    private static byte[] Rewritten(byte[] zip, Func<byte[], byte[]> change)
    {
        using var stream = new MemoryStream();
        stream.Write(zip);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.Entries.Single(entry => entry.Name == "OnnxModel");
            using var copy = new MemoryStream();
            using (var content = entry.Open()) content.CopyTo(copy);
            entry.Delete();
            using var written = archive.CreateEntry(entry.FullName).Open();
            written.Write(change(copy.ToArray()));
        }
        return stream.ToArray();
    }

    private static ResNetClassificationTransformer Continue(IDataView data, OnnxFile file, out string log)
    {
        var context = new MLContext(1);
        var lines = new List<string>();
        context.Log += (_, message) => lines.Add(message.Message);
        var model = new ResNetClassificationTrainer(Pictures.Options(o =>
        {
            (o.ContinueFrom, o.Specification, o.Epoch, o.LearningRate, o.Context) = (file, null, 1, 1e-6, context);
        })).Fit(data);
        log = string.Join('\n', lines);
        return model;
    }
}
