using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.Tests.Behaviour.MicrosoftML;

/// <summary>What a component may rely on in ML.NET's views: laziness, order, keys, splits.</summary>
public class ViewTests
{
    private sealed class Row
    {
        public string Name { get; set; } = "";
        public float Value { get; set; }
    }

    private sealed class Counting(int rows)
    {
        public int Enumerations { get; private set; }

        public IEnumerable<Row> Rows()
        {
            Enumerations++;
            for (var i = 0; i < rows; i++)
                yield return new Row { Name = "n" + i % 3, Value = i };
        }
    }

    // LoadFromEnumerable enumerates anew for each cursor; a method's iterator can't, this can.
    private sealed class Again(Counting source) : IEnumerable<Row>
    {
        public IEnumerator<Row> GetEnumerator() => source.Rows().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void Nothing_is_read_before_somebody_asks()
    {
        var ml = new MLContext(1);
        var source = new Counting(10);
        var view = ml.Data.LoadFromEnumerable(new Again(source));
        var copied = ml.Transforms.CopyColumns("Copy", "Value").Fit(view).Transform(view);
        Assert.Equal(0, source.Enumerations);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (float)i), copied.GetColumn<float>("Copy"));
        Assert.Equal(1, source.Enumerations);
    }

    [Fact]
    public void A_cache_reads_its_source_once()
    {
        var ml = new MLContext(1);
        var source = new Counting(10);
        var cached = ml.Data.Cache(ml.Data.LoadFromEnumerable(new Again(source)), "Value");
        for (var i = 0; i < 3; i++)
            Assert.Equal(45, cached.GetColumn<float>("Value").Sum());
        Assert.Equal(1, source.Enumerations);
    }

    [Fact]
    public void Keys_count_from_one_in_order_of_occurrence_and_unseen_values_are_missing()
    {
        var ml = new MLContext(1);
        Row[] Names(params string[] names) => [.. names.Select(n => new Row { Name = n })];
        var model = ml.Transforms.Conversion.MapValueToKey("Key", "Name").Append(ml.Transforms.Conversion.MapKeyToValue("Back", "Key"))
            .Fit(ml.Data.LoadFromEnumerable(Names("b", "a", "b", "c")));
        var mapped = model.Transform(ml.Data.LoadFromEnumerable(Names("a", "b", "c", "zzz")));
        Assert.Equal([2u, 1u, 3u, 0u], mapped.GetColumn<uint>("Key"));
        Assert.Equal(["a", "b", "c", ""], mapped.GetColumn<string>("Back").Select(s => s ?? ""));
        Assert.Equal(3u, (uint)((KeyDataViewType)mapped.Schema["Key"].Type).Count);
    }

    [Fact]
    public void A_shuffle_and_a_split_lose_and_double_nothing()
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(new Counting(200).Rows().ToList());
        var all = Enumerable.Range(0, 200).Select(i => (float)i).ToArray();
        var shuffled = ml.Data.ShuffleRows(view, seed: 3).GetColumn<float>("Value").ToArray();
        Assert.NotEqual(all, shuffled);
        Assert.Equal(all, shuffled.Order());

        var split = ml.Data.TrainTestSplit(view, testFraction: 0.3, seed: 5);
        var (train, test) = (split.TrainSet.GetColumn<float>("Value").ToArray(), split.TestSet.GetColumn<float>("Value").ToArray());
        Assert.Equal(all, train.Concat(test).Order());
        Assert.InRange(test.Length, 30, 90);

        var folds = ml.Data.CrossValidationSplit(view, numberOfFolds: 4, seed: 5);
        Assert.Equal(all, folds.SelectMany(f => f.TestSet.GetColumn<float>("Value")).Order());
    }

    [Fact]
    public void A_prediction_engine_maps_members_to_columns()
    {
        var ml = new MLContext(1);
        var model = ml.Transforms.Concatenate("Both", "Value", "Value").Fit(ml.Data.LoadFromEnumerable(new[] { new Row() }));
        using var engine = ml.Model.CreatePredictionEngine<Row, Doubled>(model);
        Assert.Equal([4f, 4f], engine.Predict(new Row { Value = 4 }).Both);
        Assert.Equal([5f, 5f], engine.Predict(new Row { Value = 5 }).Both);
    }

    private sealed class Doubled
    {
        public float[] Both { get; set; } = [];
    }

    [Fact]
    public void A_saved_model_loads_with_the_same_results()
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(new Counting(6).Rows().ToList());
        var model = ml.Transforms.Conversion.MapValueToKey("Key", "Name").Append(ml.Transforms.Concatenate("Both", "Value", "Value")).Fit(view);
        using var stream = new MemoryStream();
        ml.Model.Save(model, view.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext(2).Model.Load(stream, out var schema);
        Assert.Equal(["Name", "Value"], schema.Select(c => c.Name));
        Assert.Equal(model.Transform(view).GetColumn<uint>("Key"), loaded.Transform(view).GetColumn<uint>("Key"));
        Assert.Equal(model.Transform(view).GetColumn<float[]>("Both"), loaded.Transform(view).GetColumn<float[]>("Both"));
    }

    [Fact]
    public void A_missing_input_column_is_named()
    {
        var ml = new MLContext(1);
        var error = Assert.ThrowsAny<ArgumentException>(() => ml.Transforms.CopyColumns("Copy", "Nope").Fit(ml.Data.LoadFromEnumerable(new[] { new Row() })));
        Assert.Contains("Nope", error.Message);
    }
}
