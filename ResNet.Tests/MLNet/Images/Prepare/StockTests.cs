using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.MLNet.Images;

namespace ResNet.Tests.MLNet.Images.Prepare;

/// <summary>ML.NET's own resize with torchvision's crop.</summary>
public sealed class StockTests : IDisposable
{
    private static readonly Preprocessing Small = new() { Resize = 29, Crop = 24 };

    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void PixelsAreTheCentreOfIsoCrops()
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        var whole = _ml.Transforms.LoadImages("Image", "", "Path")
            .Append(_ml.Transforms.ResizeImages("Image", 29, 29, resizing: ImageResizingEstimator.ResizingKind.IsoCrop))
            .Append(_ml.Transforms.ExtractPixels("Features", "Image"));
        var expected = whole.Fit(files).Transform(files).GetColumn<float[]>("Features").Select(pixels => Crop(pixels, 29, first: 2, 24)).ToList();
        using var model = Pipeline(Small).Fit(files);
        Assert.Equal(expected, model.Transform(files).GetColumn<float[]>("Features"));
    }

    [Fact]
    public void WithoutACropNoModelIsNeeded()
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        using var model = Pipeline(Preprocessing.Square(20)).Fit(files);
        var view = model.Transform(files);
        Assert.Equal([3, 20, 20], Assert.IsType<VectorDataViewType>(view.Schema["Features"].Type).Dimensions.ToArray());

        // An image of just that size is not resized.
        var pixels = Photos.Pixels(4);
        Assert.Equal(Enumerable.Range(0, 1200).Select(i => (float)pixels[(i % 400 * 4) + (i / 400)]), view.GetColumn<float[]>("Features").ElementAt(4));
    }

    [Theory]
    [InlineData(29, 24)]
    [InlineData(20, 20)]
    public void ASavedModelGivesTheSamePixelsAndType(int resize, int crop)
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        using var model = Pipeline(new Preprocessing { Resize = resize, Crop = crop }).Fit(files);
        var path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, files.Schema, path);
        var loaded = new MLContext().Model.Load(path, out _);
        using var dispose = loaded as IDisposable;
        IDataView before = model.Transform(files), after = loaded.Transform(files);

        Assert.Equal(["Path", "Label", "Image", "Features"], after.Schema.Where(column => !column.IsHidden).Select(column => column.Name));
        Assert.Equal(before.Schema.Select(column => (column.Name, $"{column.Type}")), after.Schema.Select(column => (column.Name, $"{column.Type}")));
        Assert.Equal(before.GetColumn<float[]>("Features"), after.GetColumn<float[]>("Features"));
    }

    [Fact]
    public void TheModelFileLivesAsLongAsItMayBeSaved()
    {
        var transforms = StockTransforms.Preparing(_ml.Transforms, new PreparedColumn("Features", "Image", Small, PrepareImagesMode.Stock));
        Assert.True(File.Exists(transforms.ModelFile));
        transforms.Dispose();
        Assert.False(File.Exists(transforms.ModelFile));
    }

    [Fact]
    public void AnEnginePreparesImages()
    {
        var data = _ml.Data.LoadFromEnumerable(new List<Photo>());
        using var model = _ml.Transforms.PrepareImages("Features", "Image", Small).Fit(data);
        using var engine = _ml.Model.CreatePredictionEngine<Photo, Pixels>(model);
        using var image = Photos.Image(0);
        Assert.Equal(3 * 24 * 24, engine.Predict(new Photo { Image = image }).Features.Length);
    }

    [Fact]
    public void OurTrainerTakesTheColumn()
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.LoadImages("Image", "", "Path"))
            .Append(_ml.Transforms.PrepareImages("Features", "Image", new Preprocessing { Resize = 14, Crop = 12 }))
            .Append(new ResNetClassificationTrainer(Pictures.Options(options => options.Epoch = 1)));
        using var model = pipeline.Fit(files);
        Assert.Equal(new ImageShape(3, 12, 12), model.LastTransformer.ImageShape);
    }

    [Fact]
    public void PaddingIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.PrepareImages("Features", "Image", new Preprocessing { Resize = 20, Crop = 24 }));
        Assert.Contains("Crop (24) is larger than Resize (20)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PrepareImagesMode.Stock)]
    [InlineData(PrepareImagesMode.Exact)]
    public void WrongColumnsAreNamed(PrepareImagesMode mode)
    {
        var files = _ml.Data.LoadFromEnumerable(Photos.Write(_folder));
        var missing = Assert.ThrowsAny<ArgumentException>(() => _ml.Transforms.PrepareImages("Features", "Image", Small, mode).Fit(files));
        Assert.Contains("no image column 'Image'. Its columns: 'Path', 'Label'", missing.Message, StringComparison.Ordinal);
        var text = Assert.Throws<ArgumentException>(() => _ml.Transforms.PrepareImages("Features", "Path", Small, mode).Fit(files));
        Assert.Contains("'Path' is String, but PrepareImages needs images", text.Message, StringComparison.Ordinal);
        var shape = Assert.Throws<ArgumentException>(() => _ml.Transforms.CopyColumns("Copy", "Path").Append(_ml.Transforms.PrepareImages("Features", "Path", Small, mode)).Fit(files));
        Assert.Contains("'Path' is String, but PrepareImages needs images", shape.Message, StringComparison.Ordinal);
    }

    private EstimatorChain<PrepareImagesTransformer> Pipeline(Preprocessing preprocessing) =>
        _ml.Transforms.LoadImages("Image", "", "Path").Append(_ml.Transforms.PrepareImages("Features", "Image", preprocessing));

    private static float[] Crop(float[] planes, int side, int first, int crop) =>
        [.. Enumerable.Range(0, 3 * crop * crop).Select(i => planes[(i / (crop * crop) * side * side) + ((first + (i / crop % crop)) * side) + first + (i % crop)])];
}
