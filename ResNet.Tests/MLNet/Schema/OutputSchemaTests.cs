using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;
using ResNet.MLNet.Schema;
using Xunit;

namespace ResNet.Tests.MLNet.Schema;

/// <summary>The new columns: types, annotations, and that the shape foretells them.</summary>
public class OutputSchemaTests
{
    [Fact]
    public void TheSchemaHasScoreAndPredictedLabelAtItsEnd()
    {
        var (_, data, model) = Pictures.Trained;
        var schema = model.GetOutputSchema(data.Schema);
        var (score, label) = (schema["Score"], schema["PredictedLabel"]);

        Assert.Equal(["Score", "PredictedLabel"], schema.Skip(schema.Count - 2).Select(column => column.Name));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), score.Type);
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), label.Type);
        Assert.Equal(["SlotNames"], score.Annotations.Schema.Select(column => column.Name));
        Assert.Equal(["KeyValues"], label.Annotations.Schema.Select(column => column.Name));

        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        Assert.Equal(Pictures.Labels, names.DenseValues().Select(name => name.ToString()));
        label.GetKeyValues(ref names);
        Assert.Equal(Pictures.Labels, names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(Pictures.Labels, model.LastTransformer.LabelNames);
    }

    [Fact]
    public void TheShapeForetellsTheSchema()
    {
        var ml = new MLContext(1);
        var keyed = Pictures.Keyed(ml, Pictures.Make(12));
        var trainer = ml.MulticlassClassification.Trainers.ResNetClassification(Pictures.Options(o => o.Epoch = 1));
        using var model = trainer.Fit(keyed);

        var foretold = trainer.GetOutputSchema(SchemaShapes.Of(keyed.Schema)).ToDictionary(column => column.Name);
        var actual = SchemaShapes.Of(model.GetOutputSchema(keyed.Schema)).ToDictionary(column => column.Name);
        Assert.Equal(actual.Keys.Order(), foretold.Keys.Order());
        foreach (var name in actual.Keys) AssertSame(actual[name], foretold[name]);
    }

    [Fact]
    public void NumericLabelsKeepTheirType()
    {
        var ml = new MLContext(1);
        var rows = Pictures.Make(30).Select(picture => new NumberedPicture { Label = 30 - picture.Id % 3 * 10, Features = picture.Features });
        var data = ml.Data.LoadFromEnumerable(rows.ToList());
        var pipeline = Pictures.Pipeline(ml, Pictures.Options()).Append(ml.Transforms.Conversion.MapKeyToValue("Number", "PredictedLabel"));
        var model = pipeline.Fit(data);

        Assert.Equal(NumberDataViewType.Int32, pipeline.GetOutputSchema(SchemaShapes.Of(data.Schema)).Single(column => column.Name == "Number").ItemType);
        Assert.Equal(NumberDataViewType.Int32, model.Transform(data).Schema["Number"].Type);
        Assert.All(model.Transform(data).GetColumn<int>("Number"), number => Assert.Contains(number, new[] { 10, 20, 30 }));
        VBuffer<ReadOnlyMemory<char>> names = default;
        model.Transform(data).Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(["30", "20", "10"], names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void TheOrderOfTheKeysIsTheMappings()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Pictures.Make(30));
        var byValue = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
        var model = byValue.Append(new ResNetClassificationTrainer(Pictures.Options(o => o.Epoch = 1))).Fit(data);
        Assert.Equal(["apple", "fig", "pear"], model.LastTransformer.LabelNames);
    }

    [Fact]
    public void KeysWithoutValuesAreNamedByNumberAndMapToNothing()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Pictures.Make(30).Select(picture => new BareKeyPicture { Label = (byte)(picture.Id % 3), Features = picture.Features }).ToList());
        var trainer = ml.MulticlassClassification.Trainers.ResNetClassification(Pictures.Options());
        using var model = trainer.Fit(data);

        Assert.Equal(["0", "1", "2"], model.LabelNames);
        Assert.Empty(model.GetOutputSchema(data.Schema)["PredictedLabel"].Annotations.Schema);
        var shape = trainer.GetOutputSchema(SchemaShapes.Of(data.Schema)).Single(column => column.Name == "PredictedLabel");
        Assert.Empty(shape.Annotations);
        Assert.Equal([1u, 2u, 3u], model.Transform(data).GetColumn<uint>("PredictedLabel").Take(3));
    }

    [Fact]
    public void AScoreColumnInTheInputIsHiddenNotLost()
    {
        var (ml, data, model) = Pictures.Trained;
        var twice = model.LastTransformer.Transform(model.Transform(data));

        Assert.Equal(2, twice.Schema.Count(column => column.Name == "Score"));
        Assert.Equal(Pictures.Scores(model.Transform(data)), Pictures.Scores(twice));
    }

    [Fact]
    public void TheShapeNamesAMissingOrWrongColumn()
    {
        var ml = new MLContext(1);
        var plain = ml.Data.LoadFromEnumerable(Pictures.Make(3));
        SchemaShape Shape(Action<ResNetClassificationTrainer.Options> change) =>
            ml.MulticlassClassification.Trainers.ResNetClassification(Pictures.Options(change)).GetOutputSchema(SchemaShapes.Of(plain.Schema));

        Assert.Contains("MapValueToKey(\"Label\")", Assert.ThrowsAny<ArgumentException>(() => Shape(_ => { })).Message);
        Assert.Contains("no feature column 'Pixels'", Assert.ThrowsAny<ArgumentException>(() => Shape(o => o.FeatureColumnName = "Pixels")).Message);
        Assert.Contains("no label column 'Class'", Assert.ThrowsAny<ArgumentException>(() => Shape(o => o.LabelColumnName = "Class")).Message);
        Assert.Contains("ExtractPixels", Assert.ThrowsAny<ArgumentException>(() => Shape(o => o.FeatureColumnName = "Id")).Message);
    }

    private static void AssertSame(SchemaShape.Column expected, SchemaShape.Column actual)
    {
        Assert.Equal((expected.Name, expected.Kind, expected.ItemType, expected.IsKey), (actual.Name, actual.Kind, actual.ItemType, actual.IsKey));
        Assert.Equal(expected.Annotations.Select(column => column.Name).Order(), actual.Annotations.Select(column => column.Name).Order());
        foreach (var annotation in expected.Annotations) AssertSame(annotation, actual.Annotations.Single(column => column.Name == annotation.Name));
    }

    private sealed class NumberedPicture
    {
        public int Label { get; set; }

        [VectorType(3, 12, 12)]
        public float[] Features { get; set; } = [];
    }

    private sealed class BareKeyPicture
    {
        [KeyType(3)]
        public byte Label { get; set; }

        [VectorType(3, 12, 12)]
        public float[] Features { get; set; } = [];
    }
}
