using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet;

/// <summary>Photos on disk to class names, with the real weights, where both are on this machine.</summary>
public class PhotosTests
{
    [SkippableFact]
    public void Photos_get_their_right_class_first()
    {
        var weights = Pretrained.Get("resnet50.keras_in1k");
        var cache = new WeightsCache();
        Skip.IfNot(File.Exists(cache.PathOf(weights)), $"needs {weights.Source.FileName} in the cache folder; run samples/Classify once");
        var ml = new MLContext();
        string[] files = ["chelsea.png", "coffee.png", "broccoli.jpg", "canoe3.jpg"];
        var rows = ml.Data.LoadFromEnumerable(files.Select(file => new Photo { Path = Repository.Shared("data", "imagenet", file) }));
        var pipeline = ml.Transforms.LoadImages("Image", "", nameof(Photo.Path))
            .Append(ml.Transforms.PrepareImages("Features", "Image", weights.Preprocessing, PrepareImagesMode.Exact))
            .Append(ml.Transforms.ClassifyImages(weights, new() { Device = "cpu" }, cache))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel"));

        using var model = pipeline.Fit(rows);
        var scored = model.Transform(rows);
        Assert.Equal(["Egyptian cat", "espresso", "broccoli", "canoe"], scored.GetColumn<string>("Name"));
        // Keras' own, on Pillow's pixels.
        Assert.All(new[] { 0.784, 0.993, 1.000, 0.955 }.Zip(Pictures.Scores(scored)), pair => Assert.Equal(pair.First, pair.Second.Max(), 0.005));
    }

    private sealed class Photo
    {
        public string Path { get; set; } = "";
    }
}
