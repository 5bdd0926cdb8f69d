using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;
using ResNet.Tests.MLNet;
using ResNet.Tests.MLNet.Saving;

namespace ResNet.Tests.Samples;

/// <summary>samples/Consume: an app with stock packages alone classifies with a saved model.</summary>
public class ConsumeTests
{
    private static readonly SampleProgram Sample = new("Consume");

    [Fact]
    public void TheAppHasNeitherTorchNorThisLibrary()
    {
        Assert.True(File.Exists(Path.Combine(Sample.Folder, "Consume.dll")), $"{Sample.Folder} has no Consume.dll");
        Assert.DoesNotContain(Directory.GetFiles(Sample.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            file => file!.Contains("torch", StringComparison.OrdinalIgnoreCase) || file.StartsWith("ResNet", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void ItClassifiesImagesWithASavedModel()
    {
        using var saved = new SavedModels();
        var ml = new MLContext(1);
        var images = Pictures.Make(30).Select((picture, i) =>
        {
            var path = saved.File($"{i}.png");
            var rgba = new byte[12 * 12 * 4];
            for (var p = 0; p < rgba.Length; p++) rgba[p] = p % 4 == 3 ? (byte)255 : (byte)picture.Features[p % 4 * 144 + p / 4];
            using var image = MLImage.CreateFromPixels(12, 12, MLPixelFormat.Rgba32, rgba);
            image.Save(path);
            return new LabeledImage { ImagePath = path, Label = picture.Label };
        }).ToList();
        var data = ml.Data.LoadFromEnumerable(images);
        var model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.LoadImages("Image", "", "ImagePath"))
            .Append(ml.Transforms.ResizeImages("Image", 12, 12))
            .Append(ml.Transforms.ExtractPixels("Features", "Image"))
            .Append(ml.MulticlassClassification.Trainers.ResNetClassification(Pictures.Options(o => o.Epoch = 10)))
            .Fit(data);
        var zip = saved.Save(ml, model, data.Schema);
        var expected = Pictures.Scores(model.Transform(data));

        var (code, output, _) = Sample.Run(zip, images[0].ImagePath, images[1].ImagePath);
        Assert.Equal(0, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        for (var i = 0; i < 2; i++)
        {
            var best = Array.IndexOf(expected[i], expected[i].Max());
            Assert.StartsWith(FormattableString.Invariant($"{i}.png: {Pictures.Labels[best]} {expected[i][best]:P1}"), lines[i]);
        }
        Assert.Empty(saved.Left);

        File.WriteAllText(saved.File("broken.zip"), "no zip");
        var (refused, _, error) = Sample.Run(saved.File("broken.zip"), images[0].ImagePath);
        Assert.Equal(1, refused);
        Assert.Contains("broken.zip", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("no file 'none.png'", Sample.Run(zip, "none.png").Error);
    }
}
