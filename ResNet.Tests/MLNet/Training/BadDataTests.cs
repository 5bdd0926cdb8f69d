using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Data that cannot be trained on or scored: the error says what, where, and what to do.</summary>
public class BadDataTests
{
    private static readonly MLContext Context = new(1);

    private static string Refused<TError>(IDataView data, Action<ResNetClassificationTrainer.Options>? change = null) where TError : Exception
    {
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o =>
        {
            o.Epoch = 1;
            change?.Invoke(o);
        }));
        return Assert.IsAssignableFrom<TError>(Record.Exception(() => trainer.Fit(data))?.GetBaseException()).Message;
    }

    private static IDataView With(Action<List<Picture>> spoil)
    {
        var pictures = Pictures.Make(12);
        spoil(pictures);
        return Pictures.Keyed(Context, pictures);
    }

    [Fact]
    public void TextLabelsAreSentToMapValueToKey() =>
        Assert.Contains("Transforms.Conversion.MapValueToKey(\"Label\")", Refused<ArgumentException>(Context.Data.LoadFromEnumerable(Pictures.Make(12))));

    [Fact]
    public void KeysWithoutACountAreRefused() =>
        Assert.Contains("without a known number", Refused<ArgumentException>(Context.Data.LoadFromEnumerable(new List<Uncounted> { new() })));

    [Fact]
    public void AKeyTypeOfOneClassIsRefused() =>
        Assert.Contains("has 1 class", Refused<ArgumentException>(With(rows => rows.RemoveAll(row => row.Label != "fig"))));

    [Fact]
    public void RowsOfOneClassOnlyAreRefused()
    {
        var keyed = Pictures.Keyed(Context, Pictures.Make(12));
        var figs = Context.Data.FilterRowsByKeyColumnFraction(keyed, "Label", 0.7, 1);
        Assert.Contains("All 4 rows of the training data have the label 'fig'", Refused<InvalidDataException>(figs));
    }

    [Fact]
    public void RowsWithoutALabelAreCountedAndTheFirstNamed()
    {
        var message = Refused<InvalidDataException>(With(rows => (rows[4].Label, rows[7].Label) = ("", "")));
        Assert.Contains("2 rows have no label", message);
        Assert.Contains("row 4 (from 0)", message);
        Assert.Contains("training data", message);
    }

    [Fact]
    public void NoRowsAreRefused() => Assert.Contains("no rows", Refused<InvalidDataException>(Context.Data.SkipRows(Pictures.Keyed(Context, Pictures.Make(6)), 6)));

    [Fact]
    public void AMissingColumnIsNamedWithThoseThatThereAre()
    {
        var data = Pictures.Keyed(Context, Pictures.Make(6));
        var message = Refused<ArgumentException>(data, o => o.FeatureColumnName = "Pixels");
        Assert.Contains("no feature column 'Pixels'", message);
        Assert.Contains("'Features'", message);
        Assert.Contains("no label column 'Class'", Refused<ArgumentException>(data, o => o.LabelColumnName = "Class"));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "∞")]
    public void ValuesThatAreNotNumbersAreNamedByRow(float value, string text)
    {
        var message = Refused<InvalidDataException>(With(rows => rows[5].Features[17] = value));
        Assert.Contains("Row 5 (from 0): column 'Features' holds the value", message);
        Assert.True(message.Contains(text) || message.Contains("Infinity"), message);
    }

    [Fact]
    public void PixelsThatAreNormalisedAlreadyAreRefused()
    {
        var data = With(rows => rows.ForEach(row => row.Features = [.. row.Features.Select(value => value / 127.5f - 1)]));
        var message = Refused<InvalidDataException>(data);
        Assert.Contains("normalised already", message);
        Assert.Contains("scaleImage", message);

        using var model = new ResNetClassificationTrainer(Pictures.Options(o => (o.Epoch, o.Specification) = (1, Pictures.Tiny() with { Normalization = null }))).Fit(data);
        Assert.Equal(12, Pictures.Scores(model.Transform(data)).Length);
    }

    [Fact]
    public void TheWrongShapeIsRefusedBeforeReading()
    {
        var message = Refused<ArgumentException>(Pictures.Keyed(Context, Pictures.Make(6)), o => o.ImageShape = new(3, 24, 24));
        Assert.Contains("3×12×12", message);
        Assert.Contains("3×24×24", message);
    }

    [Fact]
    public void ImagesTooSmallForTheNetworkAreRefused() =>
        Assert.Contains("32×32", Refused<ArgumentException>(Pictures.Keyed(Context, Pictures.Make(6)), o => (o.Specification, o.Arch) = (null, "resnet18")));

    [Fact]
    public void AFlatVectorNeedsAShape()
    {
        var data = Context.Data.LoadFromEnumerable(new List<Flat> { new() });
        Assert.Contains("Set ImageShape", Refused<ArgumentException>(data));
        Assert.Contains("ImageShape 3×4×4 has 48", Refused<ArgumentException>(data, o => o.ImageShape = new(3, 4, 4)));
    }

    [Fact]
    public void ScoringARowOfAnotherLengthNamesIt()
    {
        var (ml, _, _) = Pictures.Trained;
        var train = ml.Data.LoadFromEnumerable(Pictures.Make(24).Select((picture, i) => new AnyLength { Label = (uint)(i % 3), Features = picture.Features }).ToList());
        using var model = new ResNetClassificationTrainer(Pictures.Options(o => (o.Epoch, o.ImageShape) = (1, new(3, 12, 12)))).Fit(train);
        var bad = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(i => new AnyLength { Label = 1, Features = new float[i == 2 ? 7 : 432] }).ToList());

        var error = Assert.IsType<InvalidDataException>(Record.Exception(() => Pictures.Scores(model.Transform(bad)))?.GetBaseException());
        Assert.Contains("Row 2 (from 0): column 'Features' has 7 values, but 3×12×12 has 432", error.Message);

        using var engine = ml.Model.CreatePredictionEngine<AnyLength, Opinion>(model, new PredictionEngineOptions { OwnsTransformer = false });
        error = Assert.IsType<InvalidDataException>(Record.Exception(() => engine.Predict(new AnyLength { Features = new float[9] }))?.GetBaseException());
        Assert.Contains("has 9 values", error.Message);
        Assert.Equal(1, engine.Predict(new AnyLength { Features = new float[432] }).Score.Sum(), 1e-5);
    }

    [Fact]
    public void ScoringAViewOfAnotherShapeIsRefusedAtOnce()
    {
        var (ml, _, model) = Pictures.Trained;
        var other = ml.Data.LoadFromEnumerable(new List<Larger> { new() });
        var error = Assert.ThrowsAny<ArgumentException>(() => model.LastTransformer.Transform(other));
        Assert.Contains("3×24×24", error.Message);
        Assert.Contains("3×12×12", error.Message);
    }

    [Fact]
    public void AMissingLabelInTheValidationDataIsNamedAsSuch()
    {
        var keys = Context.Transforms.Conversion.MapValueToKey("Label").Fit(Context.Data.LoadFromEnumerable(Pictures.Make(12)));
        var spoilt = Pictures.Make(6);
        spoilt[1].Label = "kiwi";
        var trainer = new ResNetClassificationTrainer(Pictures.Options());
        var error = Record.Exception(() => trainer.Fit(
            keys.Transform(Context.Data.LoadFromEnumerable(Pictures.Make(12))), keys.Transform(Context.Data.LoadFromEnumerable(spoilt))))?.GetBaseException();
        Assert.Contains("1 row has no label among the 3 classes in column 'Label' of the validation data", Assert.IsType<InvalidDataException>(error).Message);
    }

    [Fact]
    public void ValidationLabelsMustBeKeysToo()
    {
        var trainer = new ResNetClassificationTrainer(Pictures.Options());
        var error = Assert.ThrowsAny<ArgumentException>(() =>
            trainer.Fit(Pictures.Keyed(Context, Pictures.Make(12)), Context.Data.LoadFromEnumerable(Pictures.Make(6))));
        Assert.Contains("MapValueToKey", error.Message);
    }

    private sealed class Uncounted
    {
        [KeyType(uint.MaxValue)]
        public uint Label { get; set; } = 1;

        [VectorType(3, 12, 12)]
        public float[] Features { get; set; } = new float[432];
    }

    private sealed class Flat
    {
        [KeyType(3)]
        public uint Label { get; set; } = 1;

        [VectorType(432)]
        public float[] Features { get; set; } = new float[432];
    }

    private sealed class AnyLength
    {
        [KeyType(3)]
        public uint Label { get; set; }

        [VectorType]
        public float[] Features { get; set; } = [];
    }

    private sealed class Larger
    {
        [VectorType(3, 24, 24)]
        public float[] Features { get; set; } = new float[3 * 24 * 24];
    }
}
