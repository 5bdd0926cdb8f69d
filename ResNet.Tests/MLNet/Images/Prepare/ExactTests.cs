using System.Buffers.Binary;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Images.Prepare;

/// <summary>torchvision's pixels through an ML.NET pipeline, before and after saving.</summary>
public sealed class ExactTests : IDisposable
{
    private static readonly Preprocessing Small = new() { Resize = 28, Crop = 24, Interpolation = Interpolation.Bicubic };

    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void PixelsAreTheResamplers()
    {
        var pixels = Prepare(Small).GetColumn<float[]>("Features").ToList();
        Assert.Equal(Photos.Sizes.Length, pixels.Count);
        for (var i = 0; i < pixels.Count; i++) Assert.Equal(Expected(i, Small), pixels[i]);
    }

    [Fact]
    public void ASavedModelGivesTheSamePixelsAndType()
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        var model = Pipeline(Small).Fit(files);
        var before = model.Transform(files);
        var path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, files.Schema, path);
        var loaded = new MLContext().Model.Load(path, out _);
        var after = loaded.Transform(files);

        Assert.IsNotType<PrepareImagesTransformer>(Assert.IsType<TransformerChain<ITransformer>>(loaded).Last());
        var type = Assert.IsType<VectorDataViewType>(after.Schema["Features"].Type);
        Assert.Equal(new[] { 3, 24, 24 }, type.Dimensions.ToArray());
        Assert.Equal(before.Schema.Select(column => (column.Name, $"{column.Type}")), after.Schema.Select(column => (column.Name, $"{column.Type}")));
        Assert.Equal(["Path", "Label", "Image", "Features"], after.Schema.Where(column => !column.IsHidden).Select(column => column.Name));
        Assert.Equal(before.GetColumn<float[]>("Features"), after.GetColumn<float[]>("Features"));
    }

    [Fact]
    public void ReadingARowTwiceGivesTheSame()
    {
        var view = Prepare(Small);
        var column = view.Schema["Features"];
        using var cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> first = cursor.GetGetter<VBuffer<float>>(column), second = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> one = default, two = default;
        for (var i = 0; cursor.MoveNext(); i++)
        {
            first(ref one);
            second(ref two);
            first(ref two);
            Assert.Equal(Expected(i, Small), one.DenseValues());
            Assert.Equal(Expected(i, Small), two.DenseValues());
        }
    }

    [Fact]
    public void AnEnginePreparesImagesOfAnySize()
    {
        var estimator = _ml.Transforms.PrepareImages("Features", "Image", Small, PrepareImagesMode.Exact);
        using var model = estimator.Fit(_ml.Data.LoadFromEnumerable(new List<Photo>()));
        using var engine = _ml.Model.CreatePredictionEngine<Photo, Pixels>(model, ignoreMissingColumns: false);
        for (var i = 0; i < Photos.Sizes.Length; i++)
        {
            using var image = Photos.Image(i);
            Assert.Equal(Expected(i, Small), engine.Predict(new Photo { Image = image }).Features);
        }
    }

    [Fact]
    public void ImagesOfAKnownSizeAreTakenToo()
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        var pipeline = _ml.Transforms.LoadImages("Image", "", "Path")
            .Append(_ml.Transforms.ResizeImages("Image", 37, 31))
            .Append(_ml.Transforms.PrepareImages("Image", null, Small, PrepareImagesMode.Exact));
        var view = pipeline.Fit(files).Transform(files);
        Assert.All(view.GetColumn<float[]>("Image"), pixels => Assert.Equal(3 * 24 * 24, pixels.Length));
    }

    [Fact]
    public void ManyThreadsGetTheSame()
    {
        var view = Prepare(Small);
        Assert.All(ParallelEnumerable.Range(0, 8).Select(_ => view.GetColumn<float[]>("Features").ToList()).ToList(),
            pixels => Assert.Equal(Expected(3, Small), pixels[3]));
    }

    [Fact]
    public void OurTrainerTakesTheColumn()
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.LoadImages("Image", "", "Path"))
            .Append(_ml.Transforms.PrepareImages("Features", "Image", Preprocessing.Square(12), PrepareImagesMode.Exact))
            .Append(new ResNetClassificationTrainer(Pictures.Options(options => options.Epoch = 1)));
        var model = pipeline.Fit(files);
        Assert.Equal(new ImageShape(3, 12, 12), model.LastTransformer.ImageShape);
        Assert.Equal(6, Pictures.Scores(model.Transform(files)).Length);
    }

    [Fact]
    public void AStockTrainerTakesTheColumn()
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.LoadImages("Image", "", "Path"))
            .Append(_ml.Transforms.PrepareImages("Features", "Image", Preprocessing.Square(4), PrepareImagesMode.Exact))
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        Assert.Equal(6, pipeline.Fit(files).Transform(files).GetColumn<float[]>("Score").Count());
    }

    [SkippableFact]
    public void RealPhotosEqualPillows()
    {
        // 4×224×224×3 bytes behind a header that ends with the first line feed.
        var golden = File.ReadAllBytes(Repository.Shared("data", "imagenet", "input_u8_4x224x224x3_rgb.npy"));
        golden = golden[(10 + BinaryPrimitives.ReadUInt16LittleEndian(golden.AsSpan(8)))..];
        var names = new[] { "chelsea.png", "coffee.png", "broccoli.jpg", "canoe3.jpg" };
        var files = _ml.Data.LoadFromEnumerable(names.Select(name => new PhotoFile { Path = Repository.Shared("data", "imagenet", name) }));
        var pixels = Pipeline(Preprocessing.ImageNet).Fit(files).Transform(files).GetColumn<float[]>("Features").ToList();
        for (var photo = 0; photo < names.Length; photo++)
        {
            for (var i = 0; i < 224 * 224; i++)
            {
                for (var c = 0; c < 3; c++)
                {
                    var expected = golden[(((photo * 224 * 224) + i) * 3) + c];

                    // Decoders of JPEG differ by a little; of PNG they cannot.
                    Assert.InRange(pixels[photo][(c * 224 * 224) + i], expected - (photo < 2 ? 0 : 1), expected + (photo < 2 ? 0 : 1));
                }
            }
        }
    }

    private IDataView Prepare(Preprocessing preprocessing)
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        return Pipeline(preprocessing).Fit(files).Transform(files);
    }

    private EstimatorChain<PrepareImagesTransformer> Pipeline(Preprocessing preprocessing) =>
        _ml.Transforms.LoadImages("Image", "", "Path")
            .Append(_ml.Transforms.PrepareImages("Features", "Image", preprocessing, PrepareImagesMode.Exact));

    private static float[] Expected(int index, Preprocessing preprocessing)
    {
        var (size, plane) = (Photos.Sizes[index], preprocessing.Crop * preprocessing.Crop);
        var prepared = new byte[plane * 4];
        ImageResampler.Prepare(Photos.Pixels(index), size.Width, size.Height, 4, preprocessing, prepared);
        return [.. Enumerable.Range(0, 3 * plane).Select(i => (float)prepared[(i % plane * 4) + (i / plane)])];
    }
}
