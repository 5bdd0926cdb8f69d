using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Saving;

/// <summary>A model.zip in an app with stock packages: the same columns, scores and labels.</summary>
public class ModelZipTests
{
    [Fact]
    public void AStockModelGivesTheSameColumnsScoresAndLabels()
    {
        using var saved = new SavedModels();
        var (ml, data, model) = Pictures.Trained;
        var zip = saved.Save(ml, model, data.Schema);
        Assert.Empty(saved.Left);

        var other = new MLContext(2);
        var loaded = other.Model.Load(zip, out var schema);
        using var disposable = (IDisposable)loaded;
        Assert.DoesNotContain(Parts(loaded), part => part.GetType().Assembly == typeof(ResNetClassificationTransformer).Assembly);
        Assert.Equal(SavedModels.Columns(data.Schema), SavedModels.Columns(schema));
        Assert.Equal(SavedModels.Columns(model.GetOutputSchema(data.Schema)), SavedModels.Columns(loaded.GetOutputSchema(schema)));
        SavedModels.AssertSameScores(model.Transform(data), loaded.Transform(data));

        var named = other.Transforms.Conversion.MapKeyToValue("Fruit", "PredictedLabel").Fit(loaded.Transform(data));
        Assert.Equal(Pictures.Make(90).Select(picture => picture.Label), named.Transform(loaded.Transform(data)).GetColumn<string>("Fruit"));
        var metrics = other.MulticlassClassification.Evaluate(loaded.Transform(data));
        Assert.Equal(ml.MulticlassClassification.Evaluate(model.Transform(data)).LogLoss, metrics.LogLoss, 1e-4);
        using var engine = other.Model.CreatePredictionEngine<Picture, Guess>(loaded, schema);
        Assert.Equal(1u, engine.Predict(Pictures.Make(1)[0]).PredictedLabel);
    }

    [Theory]
    [InlineData("planar")]
    [InlineData("interleaved")]
    [InlineData("planar bytes")]
    [InlineData("interleaved bytes")]
    [InlineData("flat")]
    [InlineData("grey")]
    [InlineData("images")]
    public void EveryFormOfImagesIsSaved(string form)
    {
        using var saved = new SavedModels();
        var ml = new MLContext(1);
        Func<IDataView> data = () => Data(ml, form);
        using var model = new ResNetClassificationTrainer(Pictures.Options(o =>
        {
            (o.Epoch, o.FeatureColumnName) = (1, form == "images" ? "Image" : "Features");
            if (form == "flat") o.ImageShape = new(3, 12, 12);
            if (form == "grey") o.Specification = Pictures.Tiny(channels: 1);
        })).Fit(data());
        var zip = saved.Save(ml, model, data().Schema);

        using var stock = (IDisposable)ml.Model.Load(zip, out _);
        Assert.Equal(SavedModels.Columns(model.GetOutputSchema(data().Schema)), SavedModels.Columns(((ITransformer)stock).GetOutputSchema(data().Schema)));
        SavedModels.AssertSameScores(model.Transform(data()), ((ITransformer)stock).Transform(data()));

        using var ours = (ResNetClassificationTransformer)ml.Model.LoadResNet(zip, out _);
        SavedModels.AssertSameScores(model.Transform(data()), ours.Transform(data()));
        using var torch = (ResNetClassificationTransformer)ml.Model.LoadResNet(zip, out _, new() { Engine = ScoringEngine.TorchSharp });
        SavedModels.AssertSameScores(model.Transform(data()), torch.Transform(data()));

        var again = saved.Save(ml, ours, data().Schema, "again.zip");
        using var twice = (IDisposable)ml.Model.Load(again, out _);
        SavedModels.AssertSameScores(((ITransformer)stock).Transform(data()), ((ITransformer)twice).Transform(data()), 0);
    }

    [Fact]
    public void LabelsKeepTheirType()
    {
        using var saved = new SavedModels();
        var ml = new MLContext(1);
        var numbers = ml.Data.LoadFromEnumerable(Pictures.Make(12).Select(picture => new Numbered { Label = 30 - picture.Id % 3 * 10, Features = picture.Features }).ToList());
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(numbers).Transform(numbers);
        Check(keyed);
        Check(ml.Data.LoadFromEnumerable(Pictures.Make(12).Select(picture => new Counted { Label = (uint)(picture.Id % 3), Features = picture.Features }).ToList()));

        void Check(IDataView data)
        {
            using var model = new ResNetClassificationTrainer(Pictures.Options(o => o.Epoch = 1)).Fit(data);
            var loaded = ml.Model.Load(saved.Save(ml, model, data.Schema), out _);
            using var disposable = (IDisposable)loaded;
            Assert.Equal(SavedModels.Columns(model.GetOutputSchema(data.Schema)), SavedModels.Columns(loaded.GetOutputSchema(data.Schema)));
            SavedModels.AssertSameScores(model.Transform(data), loaded.Transform(data));
            using var ours = (ResNetClassificationTransformer)ml.Model.LoadResNet(saved.File("model.zip"), out _);
            Assert.Equal(SavedModels.Columns(model.GetOutputSchema(data.Schema)), SavedModels.Columns(ours.GetOutputSchema(data.Schema)));
            Assert.Equal(model.LabelNames, ours.LabelNames);
        }
    }

    [Fact]
    public void EqualLabelsStayDifferentClasses()
    {
        using var saved = new SavedModels();
        var ml = new MLContext(1);
        var definition = SchemaDefinition.Create(typeof(Counted));
        definition["Label"].AddAnnotation("KeyValues", new VBuffer<ReadOnlyMemory<char>>(3, ["crane".AsMemory(), "crane".AsMemory(), "x".AsMemory()]), new VectorDataViewType(TextDataViewType.Instance, 3));
        var data = ml.Data.LoadFromEnumerable(Pictures.Make(30).Select(picture => new Counted { Label = (uint)(picture.Id % 3), Features = picture.Features }).ToList(), definition);
        using var model = new ResNetClassificationTrainer(Pictures.Options()).Fit(data);
        var loaded = ml.Model.Load(saved.Save(ml, model, data.Schema), out _);
        using var disposable = (IDisposable)loaded;
        Assert.Equal([1u, 2u, 3u], loaded.Transform(data).GetColumn<uint>("PredictedLabel").Distinct());
        SavedModels.AssertSameScores(model.Transform(data), loaded.Transform(data));
    }

    [Fact]
    public void WhatStockTransformersCannotTakeIsRefusedWithTheWayOut()
    {
        using var saved = new SavedModels();
        var ml = new MLContext(1);
        Refused(Images(ml, sized: false), o => o.FeatureColumnName = "Image", "ResizeImages(\"Image\", width, height)");
        Refused(ml.Data.LoadFromEnumerable(Pictures.Make(12).Select(picture => new Loose { Label = (uint)(picture.Id % 3), Features = picture.Features }).ToList()),
            o => o.ImageShape = new(3, 12, 12), "no known size");
        Refused(Pictures.Keyed(ml, Pictures.Make(12)), o => o.ScoreColumnName = "Features", "ScoreColumnName");
        Assert.Empty(saved.Left);

        void Refused(IDataView data, Action<ResNetClassificationTrainer.Options> change, string why)
        {
            using var model = new ResNetClassificationTrainer(Pictures.Options(o =>
            {
                o.Epoch = 1;
                change(o);
            })).Fit(data);
            using var stream = new MemoryStream();
            Assert.Contains(why, Record.Exception(() => ml.Model.Save(model, data.Schema, stream))?.GetBaseException().Message);
        }
    }

    private static IEnumerable<ITransformer> Parts(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [model];

    private static IDataView Data(MLContext ml, string form)
    {
        if (form == "images") return Images(ml, sized: true);
        if (form == "grey") return ml.Data.LoadFromEnumerable(Pictures.Make(12).Select(picture => new Grey { Label = (uint)(picture.Id % 3), Features = picture.Features[..144] }).ToList());
        if (form == "flat") return ml.Data.LoadFromEnumerable(Pictures.Make(12).Select(picture => new Flat { Label = (uint)(picture.Id % 3), Features = picture.Features }).ToList());
        var images = Images(ml, sized: true);
        return ml.Transforms.ExtractPixels("Features", "Image", interleavePixelColors: form.StartsWith("interleaved"), outputAsFloatArray: !form.EndsWith("bytes"))
            .Append(ml.Transforms.DropColumns("Image")).Fit(images).Transform(images);
    }

    private static IDataView Images(MLContext ml, bool sized)
    {
        var rows = Pictures.Make(12).Select(picture => new Photo { Label = (uint)(picture.Id % 3), Image = Image(picture.Features) }).ToList();
        var definition = SchemaDefinition.Create(typeof(Photo));
        if (!sized) definition["Image"].ColumnType = new ImageDataViewType();
        return ml.Data.LoadFromEnumerable(rows, definition);
    }

    private static MLImage Image(float[] planes)
    {
        var pixels = new byte[12 * 12 * 4];
        for (var i = 0; i < 144; i++)
        {
            for (var c = 0; c < 3; c++) pixels[4 * i + c] = (byte)planes[c * 144 + i];
            pixels[4 * i + 3] = 255;
        }
        return MLImage.CreateFromPixels(12, 12, MLPixelFormat.Rgba32, pixels);
    }

    private sealed class Guess
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    private sealed class Photo
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [ImageType(12, 12)]
        public MLImage Image { get; set; } = null!;
    }

    private sealed class Flat
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(432)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Loose
    {
        [KeyType(3)]
        public uint Label { get; set; }

        public float[] Features { get; set; } = [];
    }

    private sealed class Grey
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(12, 12)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Counted
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType(3, 12, 12)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Numbered
    {
        public int Label { get; set; }

        [VectorType(3, 12, 12)]
        public float[] Features { get; set; } = [];
    }
}
