using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Images;

public sealed class LoadUprightImagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("upright-").FullName;
    private readonly MLContext _ml = new(1);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }

    private sealed class Pixels
    {
        public float[] Features { get; set; } = [];
    }

    // 3×2 pixels whose red is 0, 40, … 200, written by Pillow as PNG with orientation 6.
    private IDataView View(params string[] more)
    {
        var path = Path.Combine(_folder, "lying.png");
        File.WriteAllBytes(path, Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAGmVYSWZNTQAqAAAACAABARIAAwAAAAEABgAAAAAAANZnS2kAAAAXSURBVHicY2RgZNLQ0NDQ0GCpqKiAsAAbtANRzQV8yAAAAABJRU5ErkJggg=="));
        return _ml.Data.LoadFromEnumerable(more.Prepend(path).Select(p => new Row { ImagePath = p }));
    }

    private IEstimator<ITransformer> Pipeline() => _ml.Transforms.LoadUprightImages("Image", "ImagePath")
        .Append(_ml.Transforms.ResizeImages("Image", 2, 3))
        .Append(_ml.Transforms.ExtractPixels("Features", "Image"));

    private static string Red(IEnumerable<float> pixels) => string.Concat(pixels.Take(6).Select(v => v / 40));

    [Fact]
    public void Images_arrive_upright_in_a_pipeline()
    {
        var view = View();
        Assert.Equal(new[] { "ImagePath", "Image", "Features" }, Pipeline().Fit(view).Transform(view).Schema.Where(c => !c.IsHidden).Select(c => c.Name));
        Assert.Equal("304152", Red(Pipeline().Fit(view).Transform(view).GetColumn<float[]>("Features").Single()));
    }

    [Fact]
    public void A_saved_model_loads_them_upright()
    {
        var view = View();
        var file = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(Pipeline().Fit(view), view.Schema, file);
        var model = new MLContext(1).Model.Load(file, out _);
        Assert.Equal("304152", Red(model.Transform(view).GetColumn<float[]>("Features").Single()));
        using var engine = _ml.Model.CreatePredictionEngine<Row, Pixels>(model);
        Assert.Equal("304152", Red(engine.Predict(new() { ImagePath = Path.Combine(_folder, "lying.png") }).Features));
    }

    [Theory]
    [InlineData("nowhere.png", "nowhere.png' does not exist")]
    [InlineData("", "no path")]
    public void What_cannot_be_loaded_is_named(string path, string expected)
    {
        var view = View(path);
        var error = Record.Exception(() => Pipeline().Fit(view).Transform(view).GetColumn<float[]>("Features").ToArray());
        Assert.NotNull(error);
        Assert.Contains(expected, $"{error}");
        Assert.IsType<InvalidDataException>(error.InnerException ?? error);
    }
}
