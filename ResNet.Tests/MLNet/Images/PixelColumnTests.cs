using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet.Images;

/// <summary>All forms of the same images give the same model and the same scores.</summary>
public class PixelColumnTests
{
    private static readonly MLContext Context = new(1);

    /// <summary>New images for each use: the stock transforms dispose some of those that they are given.</summary>
    private static IDataView Images() => Context.Data.LoadFromEnumerable(Pictures.Make(24).Select((picture, i) => new ImageRow { Label = (uint)(i % 3), Image = ToImage(picture.Features) }).ToList());

    private static ResNetClassificationTransformer Fit(IDataView data, Action<ResNetClassificationTrainer.Options>? change = null) =>
        new ResNetClassificationTrainer(Pictures.Options(o =>
        {
            o.Epoch = 1;
            change?.Invoke(o);
        })).Fit(data);

    private static IDataView Extract(bool interleave = false, bool floats = true)
    {
        var images = Images();
        return Context.Transforms.ExtractPixels("Features", "Image", interleavePixelColors: interleave, outputAsFloatArray: floats).Fit(images).Transform(images);
    }

    [Fact]
    public void ImagesEqualExtractedPixelsOfEveryForm()
    {
        using var fromImages = Fit(Images(), o => o.FeatureColumnName = "Image");
        var scores = Pictures.Scores(fromImages.Transform(Images()));
        foreach (var (interleave, floats) in new[] { (false, true), (true, true), (false, false), (true, false) })
        {
            using var model = Fit(Extract(interleave, floats));
            Assert.Equal(new ImageShape(3, 12, 12), model.ImageShape);
            Assert.Equal(Pictures.Weights(fromImages), Pictures.Weights(model));
            Assert.Equal(scores, Pictures.Scores(model.Transform(Extract(interleave, floats))));
        }
    }

    [Fact]
    public void AModelOfPixelsScoresImages()
    {
        using var model = Fit(Extract());
        var images = Images();
        var renamed = Context.Transforms.CopyColumns("Features", "Image").Fit(images).Transform(images);
        Assert.Equal(Pictures.Scores(model.Transform(Extract())), Pictures.Scores(model.Transform(renamed)));
    }

    [Fact]
    public void ImagesReadTogetherWithTheScoresAreTheirOwn()
    {
        using var model = Fit(Images(), o => o.FeatureColumnName = "Image");
        var scored = model.Transform(Images());
        var expected = Pictures.Scores(scored);
        using var cursor = scored.GetRowCursor(scored.Schema);
        var (image, score) = (cursor.GetGetter<MLImage>(scored.Schema["Image"]), cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]));
        MLImage? picture = null;
        VBuffer<float> value = default;
        for (var row = 0; cursor.MoveNext(); row++)
        {
            image(ref picture!);
            score(ref value);
            Assert.Equal(ToImage(Pictures.Make(24)[row].Features).Pixels.ToArray(), picture.Pixels.ToArray());
            for (var c = 0; c < 3; c++) Assert.Equal(expected[row][c], value.GetItemOrDefault(c), 1e-6);
        }
    }

    [Fact]
    public void FilesAreLoadedResizedAndLearnt()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var files = Pictures.Make(12).Select((picture, i) =>
            {
                var path = Path.Combine(folder.FullName, $"{i}.png");
                using var image = ToImage(picture.Features);
                image.Save(path);
                return new FileRow { Path = path, Label = picture.Label };
            }).ToList();
            var data = Context.Data.LoadFromEnumerable(files);
            var pipeline = Context.Transforms.Conversion.MapValueToKey("Label")
                .Append(Context.Transforms.LoadImages("Image", "", "Path"))
                .Append(Context.Transforms.ResizeImages("Image", 16, 16))
                .Append(new ResNetClassificationTrainer(Pictures.Options(o => (o.FeatureColumnName, o.Epoch) = ("Image", 1))));
            var model = pipeline.Fit(data);

            Assert.Equal(new ImageShape(3, 16, 16), model.LastTransformer.ImageShape);
            Assert.Equal(12, Pictures.Scores(model.Transform(data)).Length);
            using var engine = Context.Model.CreatePredictionEngine<FileRow, Opinion>(model);
            Assert.Equal(3, engine.Predict(files[0]).Score.Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void FilesOfOneSizeNeedNoResizing()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var files = Pictures.Make(12).Select((picture, i) =>
            {
                using var image = i == 11 ? Blank(14, 12) : ToImage(picture.Features);
                image.Save(Path.Combine(folder.FullName, $"{i}.png"));
                return new FileRow { Path = $"{i}.png", Label = picture.Label };
            }).ToList();
            var pipeline = Context.Transforms.Conversion.MapValueToKey("Label")
                .AppendCacheCheckpoint(Context)
                .Append(Context.Transforms.LoadImages("Features", folder.FullName, "Path"))
                .Append(new ResNetClassificationTrainer(Pictures.Options(o => o.Epoch = 1)));
            var model = pipeline.Fit(Context.Data.LoadFromEnumerable(files.Take(11)));
            Assert.Equal(new ImageShape(3, 12, 12), model.LastTransformer.ImageShape);

            var scored = model.Transform(Context.Data.LoadFromEnumerable(files));
            var error = Record.Exception(() => Pictures.Scores(scored))?.GetBaseException();
            Assert.Contains("Row 11 (from 0): column 'Features' is an image of 14×12 pixels, but 12×12 is expected", Assert.IsType<InvalidDataException>(error).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void AnImageGivenToAnEngineStaysItsOwners()
    {
        using var model = Fit(Images(), o => o.FeatureColumnName = "Image");
        using var engine = Context.Model.CreatePredictionEngine<ImageRow, Opinion>(model);
        using var image = ToImage(Pictures.Make(1)[0].Features);
        var first = engine.Predict(new ImageRow { Image = image }).Score;
        Assert.Equal(first, engine.Predict(new ImageRow { Image = image }).Score);
        Assert.Equal(Pictures.Side, image.Width);
    }

    [Fact]
    public void ImagesOfAnotherSizeThanTheFirstAreNamedWithBothSizes()
    {
        var data = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(i => new AnyImageRow { Label = (uint)(i % 3), Image = Blank(i == 2 ? 20 : 16, 16) }).ToList());
        var error = Record.Exception(() => Fit(data, o => o.FeatureColumnName = "Image"))?.GetBaseException();
        Assert.Contains("Row 2 (from 0): column 'Image' is an image of 20×16 pixels, but 16×16 is expected", Assert.IsType<InvalidDataException>(error).Message);
        Assert.Contains("ResizeImages", error.Message);
    }

    [Fact]
    public void AMissingImageIsNamed()
    {
        var data = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(i => new AnyImageRow { Label = (uint)(i % 3), Image = i == 3 ? null : Blank(16, 16) }).ToList());
        var error = Record.Exception(() => Fit(data, o => o.FeatureColumnName = "Image"))?.GetBaseException();
        Assert.Contains("Row 3 (from 0): column 'Image' holds no image", Assert.IsType<InvalidDataException>(error).Message);
    }

    [Fact]
    public void FlatVectorsAreReadByTheirShape()
    {
        var planar = Context.Data.LoadFromEnumerable(Pictures.Make(24).Select((picture, i) => new FlatRow { Label = (uint)(i % 3), Features = picture.Features }).ToList());
        using var flat = Fit(planar, o => o.ImageShape = new(3, 12, 12));
        using var shaped = Fit(Extract());
        Assert.Equal(Pictures.Weights(shaped), Pictures.Weights(flat));
        Assert.Equal(Pictures.Scores(shaped.Transform(Extract())), Pictures.Scores(flat.Transform(planar)));
    }

    [Fact]
    public void GreyImagesHaveOneChannel()
    {
        var data = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 24).Select(i => new GreyRow { Label = (uint)(i % 2), Features = Enumerable.Repeat((byte)(i % 2 * 200 + 3), 144).ToArray() }).ToList());
        using var model = Fit(data, o => (o.Specification, o.Epoch) = (Pictures.Tiny(1), 5));
        Assert.Equal(new ImageShape(1, 12, 12), model.ImageShape);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (uint)(i % 2 + 1)), model.Transform(data).GetColumn<uint>("PredictedLabel"));
    }

    private static MLImage ToImage(float[] planar)
    {
        var plane = planar.Length / 3;
        var pixels = new byte[plane * 4];
        for (var i = 0; i < plane; i++)
            for (var c = 0; c < 4; c++) pixels[4 * i + c] = c == 3 ? (byte)255 : (byte)planar[(2 - c) * plane + i];
        return MLImage.CreateFromPixels(Pictures.Side, Pictures.Side, MLPixelFormat.Bgra32, pixels);
    }

    private static MLImage Blank(int width, int height) => MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, new byte[width * height * 4]);

    private sealed class ImageRow
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [ImageType(12, 12)]
        public MLImage? Image { get; set; }
    }

    private sealed class AnyImageRow
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [ImageType(16, 16)]
        public MLImage? Image { get; set; }
    }

    private sealed class FlatRow
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(432)]
        public float[] Features { get; set; } = [];
    }

    private sealed class GreyRow
    {
        [KeyType(2)]
        public uint Label { get; set; }

        [VectorType(12, 12)]
        public byte[] Features { get; set; } = [];
    }

    private sealed class FileRow
    {
        public string Path { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
