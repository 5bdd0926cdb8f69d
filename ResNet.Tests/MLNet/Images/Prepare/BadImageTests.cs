using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Images.Prepare;

/// <summary>Rows without an image, and files that are none.</summary>
public sealed class BadImageTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(PrepareImagesMode.Stock)]
    [InlineData(PrepareImagesMode.Exact)]
    public void AMissingImageIsNamedByItsRow(PrepareImagesMode mode)
    {
        foreach (var row in new[] { 0, 2 })
        {
            var files = Photos.Write(_folder);
            files[row].Path = "";
            Assert.Contains($"Row {row} (from 0): column 'Image' holds no image", Error(files, mode), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(PrepareImagesMode.Stock)]
    [InlineData(PrepareImagesMode.Exact)]
    public void AFileThatIsNoImageIsNamedByItsRow(PrepareImagesMode mode)
    {
        var files = Photos.Write(_folder);
        File.WriteAllText(files[3].Path, "no image");
        Assert.Contains($"Row 3 (from 0), '{files[3].Path}': the image of column 'Image' cannot be read: ", Error(files, mode), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PrepareImagesMode.Stock)]
    [InlineData(PrepareImagesMode.Exact)]
    public void AnEngineRefusesAMissingImage(PrepareImagesMode mode)
    {
        using var model = _ml.Transforms.PrepareImages("Features", "Image", Preprocessing.Square(8), mode).Fit(_ml.Data.LoadFromEnumerable(new List<Photo>()));
        using var engine = _ml.Model.CreatePredictionEngine<Photo, Pixels>(model);
        var error = Record.Exception(() => engine.Predict(new Photo()))?.GetBaseException();
        Assert.Contains("column 'Image' holds no image", Assert.IsType<InvalidDataException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALoadedExactModelRefusesAMissingImage()
    {
        var files = Photos.Write(_folder);
        var data = _ml.Data.LoadFromEnumerable(files);
        var path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(Pipeline(PrepareImagesMode.Exact).Fit(data), data.Schema, path);
        files[1].Path = "";
        var view = new MLContext().Model.Load(path, out _).Transform(_ml.Data.LoadFromEnumerable(files));
        var error = Record.Exception(() => view.GetColumn<float[]>("Features").ToList())?.GetBaseException();
        Assert.Contains("a row holds no image", Assert.IsType<InvalidDataException>(error).Message, StringComparison.Ordinal);
    }

    private string Error(List<PhotoFile> files, PrepareImagesMode mode)
    {
        var data = _ml.Data.LoadFromEnumerable(files);
        using var model = Pipeline(mode).Fit(data);
        var chain = Record.Exception(() => model.Transform(data).GetColumn<float[]>("Features").ToList());
        for (; chain is not null and not InvalidDataException; chain = chain.InnerException)
        {
        }

        return Assert.IsType<InvalidDataException>(chain).Message;
    }

    private EstimatorChain<PrepareImagesTransformer> Pipeline(PrepareImagesMode mode) =>
        _ml.Transforms.LoadImages("Image", "", "Path").Append(_ml.Transforms.PrepareImages("Features", "Image", Preprocessing.Square(8), mode));
}
