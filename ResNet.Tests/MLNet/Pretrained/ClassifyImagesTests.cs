using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using static TorchSharp.torch;

namespace ResNet.Tests.MLNet;

public class ClassifyImagesTests
{
    private static readonly string[] Labels = ["pear", "apple", "fig"];
    private static readonly ResNetSpecification Specification = Pictures.Tiny() with { Classes = 3 };

    [Fact]
    public void Scores_are_the_networks_softmax()
    {
        using var network = Specification.Create(seed: 4);
        var ml = new MLContext(1);
        var pictures = Pictures.Make(10);
        var data = ml.Data.LoadFromEnumerable(pictures);
        using var model = ml.Transforms.ClassifyImages(Specification, StateDict.Of(network), Labels, new() { ScoringBatchSize = 4 }).Fit(data);
        var scored = model.Transform(data);

        using var scope = NewDisposeScope();
        network.eval();
        var expected = network.call(tensor(pictures.SelectMany(picture => picture.Features).ToArray()).reshape(10, 3, 12, 12)).softmax(1).detach();
        var scores = Pictures.Scores(scored);
        Assert.All(Enumerable.Range(0, 10), i => Assert.All(Enumerable.Range(0, 3), c => Assert.Equal(expected[i, c].item<float>(), scores[i][c], 1e-5)));
        Assert.Equal(
            expected.argmax(1).data<long>().Select(best => Labels[(int)best]),
            ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel").Fit(scored).Transform(scored).GetColumn<string>("Name"));
        Assert.Equal(Labels, model.LabelNames);
        Assert.Throws<InvalidOperationException>(() => model.TrainingResult);
    }

    [Fact]
    public void The_shape_promises_what_the_schema_is()
    {
        using var network = Specification.Create(seed: 4);
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Pictures.Make(2));
        var estimator = ml.Transforms.ClassifyImages(
            Specification, StateDict.Of(network), Labels, new() { ScoreColumnName = "P", PredictedLabelColumnName = "Fruit" });
        var chain = ml.Transforms.CopyColumns("Id2", "Id").Append(estimator).Append(ml.Transforms.Conversion.MapKeyToValue("Name", "Fruit"));
        var schema = chain.Fit(data).Transform(data).Schema;

        VBuffer<ReadOnlyMemory<char>> slots = default;
        schema["P"].GetSlotNames(ref slots);
        Assert.Equal(Labels, slots.DenseValues().Select(name => name.ToString()));
        Assert.Equal(3, ((VectorDataViewType)schema["P"].Type).Size);
        Assert.Equal(TextDataViewType.Instance, schema["Name"].Type);
        Assert.DoesNotContain(schema, column => column.Name is "Score" or "PredictedLabel");
    }

    [Fact]
    public void Larger_images_may_be_given_for_ten_crops()
    {
        using var network = Specification.Create(seed: 4);
        var ml = new MLContext(1);
        var random = new Random(1);
        var rows = Enumerable.Range(0, 5).Select(_ => new Wide { Features = [.. Enumerable.Range(0, 3 * 14 * 17).Select(_ => (float)random.Next(256))] }).ToArray();
        var data = ml.Data.LoadFromEnumerable(rows);
        using var scorer = new Scorer(network, height: 14, width: 17) { TestTimeAugmentation = TestTimeAugmentation.TenCrop };
        var expected = scorer.Score([.. rows.SelectMany(row => row.Features)], 5);
        foreach (var engine in new[] { ScoringEngine.OnnxRuntime, ScoringEngine.TorchSharp })
        {
            using var model = ml.Transforms.ClassifyImages(Specification, StateDict.Of(network), Labels, new()
            {
                ImageShape = new(3, 14, 17),
                TestTimeAugmentation = TestTimeAugmentation.TenCrop,
                EmbeddingColumnName = "Embedding",
                ScoringEngine = engine,
            }).Fit(data);
            Assert.All(expected.Zip(Pictures.Scores(model.Transform(data)).SelectMany(scores => scores)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.Equal(8, model.Transform(data).GetColumn<float[]>("Embedding").First().Length);
        }

        var small = new ClassifyImagesOptions { TestTimeAugmentation = TestTimeAugmentation.TenCrop };
        Assert.Contains("12×12", Assert.Throws<ArgumentException>(() =>
            ml.Transforms.ClassifyImages(Specification, StateDict.Of(network), Labels, small).Fit(ml.Data.LoadFromEnumerable(Pictures.Make(2)))).Message);
    }

    [Fact]
    public void Each_fit_has_a_network_of_its_own()
    {
        using var network = Specification.Create(seed: 4);
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Pictures.Make(3));
        var estimator = ml.Transforms.ClassifyImages(Specification, StateDict.Of(network), Labels);
        using var one = estimator.Fit(data);
        var expected = Pictures.Scores(one.Transform(data));
        estimator.Fit(data).Dispose();
        Assert.Equal(expected, Pictures.Scores(one.Transform(data)));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        using var network = Specification.Create(seed: 4);
        var weights = StateDict.Of(network);
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Pictures.Make(3));
        Assert.Contains("3 classes, but there are 2 labels", Error(() => ml.Transforms.ClassifyImages(Specification, weights, ["a", "b"])));
        Assert.Contains("'a' comes 2 times", Error(() => ml.Transforms.ClassifyImages(Specification, weights, ["a", "a", "b"])));
        Assert.Contains("ScoringBatchSize", Error(() => new ClassifyImagesOptions { ScoringBatchSize = 0 }));
        Assert.Contains("'Pixels'", Error(() => ml.Transforms.ClassifyImages(Specification, weights, Labels, new() { FeatureColumnName = "Pixels" }).Fit(data)));
        Assert.Contains("3×24×24", Error(() => ml.Transforms.ClassifyImages(Specification with { InputSize = 24 }, weights, Labels).Fit(data)));
        Assert.Contains("tpu", Error(() => ml.Transforms.ClassifyImages(Specification, weights, Labels, new() { Device = "tpu" }).Fit(data)));

        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
        using var model = ml.Transforms.ClassifyImages(Specification, weights, Labels).Fit(keyed);
        Assert.Contains("another order", Assert.Throws<InvalidOperationException>(() => model.Transform(keyed)).Message);

        static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    private sealed class Wide
    {
        [VectorType(3, 14, 17)]
        public float[] Features { get; set; } = [];
    }
}
