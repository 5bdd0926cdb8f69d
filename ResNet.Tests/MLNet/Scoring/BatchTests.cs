using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace ResNet.Tests.MLNet.Scoring;

/// <summary>Rows are scored in batches while the view is read; nothing else about the view changes.</summary>
public class BatchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(24)]
    public void EveryCountOfRowsComesThrough(int count)
    {
        var (ml, _, model) = Pictures.Trained;
        var scored = model.Transform(ml.Data.LoadFromEnumerable(Pictures.Make(count)));

        Assert.Equal(Enumerable.Range(0, count), scored.GetColumn<int>("Id"));
        Assert.Equal(count, Pictures.Scores(scored).Length);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (uint)(i % 3 + 1)), scored.GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void BatchesScoreAsSingleRows()
    {
        var ml = new MLContext(1);
        var keyed = Pictures.Keyed(ml, Pictures.Make(50));
        using var batches = new ResNet.MLNet.ResNetClassificationTrainer(Pictures.Options(o => o.ScoringBatchSize = 32)).Fit(keyed);
        using var single = new ResNet.MLNet.ResNetClassificationTrainer(Pictures.Options(o => o.ScoringBatchSize = 1)).Fit(keyed);

        foreach (var (one, other) in Pictures.Scores(batches.Transform(keyed)).Zip(Pictures.Scores(single.Transform(keyed))))
            for (var c = 0; c < 3; c++) Assert.Equal(one[c], other[c], 1e-6);
    }

    [Fact]
    public void OtherColumnsStayWithTheirRowUnderShuffle()
    {
        var (ml, data, model) = Pictures.Trained;
        var byId = Rows(ml, model.Transform(data)).ToDictionary(row => row.Id, row => row.Score);
        var shuffledBefore = Rows(ml, model.Transform(ml.Data.ShuffleRows(data, seed: 3)));
        var shuffledAfter = Rows(ml, ml.Data.ShuffleRows(model.Transform(data), seed: 3));

        foreach (var rows in new[] { shuffledBefore, shuffledAfter })
        {
            Assert.Equal(90, rows.Count);
            Assert.NotEqual(Enumerable.Range(0, 90), rows.Select(row => row.Id));
            Assert.All(rows, row => Assert.All(byId[row.Id].Zip(row.Score), pair => Assert.Equal(pair.First, pair.Second, 1e-6)));
        }
    }

    [Fact]
    public void PositionIdAndBatchAreTheSources()
    {
        var (_, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        using var source = data.GetRowCursor(data.Schema);
        using var cursor = scored.GetRowCursor(scored.Schema);
        var (sourceId, id) = (source.GetIdGetter(), cursor.GetIdGetter());
        Assert.Equal(-1, cursor.Position);
        while (source.MoveNext())
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal((source.Position, source.Batch), (cursor.Position, cursor.Batch));
            DataViewRowId expected = default, actual = default;
            sourceId(ref expected);
            id(ref actual);
            Assert.Equal(expected, actual);
        }
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
    }

    [Fact]
    public void CursorsInterleaveAndGettersMayBeCalledAgain()
    {
        var (ml, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        var expected = Pictures.Scores(scored);
        using var one = scored.GetRowCursor([scored.Schema["Score"], scored.Schema["Features"]]);
        using var other = scored.GetRowCursor([scored.Schema["Score"]]);
        var (get, getOther, features) = (one.GetGetter<VBuffer<float>>(scored.Schema["Score"]), other.GetGetter<VBuffer<float>>(scored.Schema["Score"]), one.GetGetter<VBuffer<float>>(scored.Schema["Features"]));
        VBuffer<float> value = default, pixels = default;
        for (var row = 0; row < 90; row++)
        {
            Assert.True(one.MoveNext());
            get(ref value);
            get(ref value);
            Assert.Equal(expected[row], value.DenseValues());
            features(ref pixels);
            if (row % 2 == 1) continue;
            Assert.True(other.MoveNext());
            getOther(ref value);
            Assert.Equal(expected[row / 2], value.DenseValues());
        }
        Assert.False(one.MoveNext());
    }

    [Fact]
    public void CursorSetsGiveEveryRowOnce()
    {
        var (_, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        foreach (var names in new[] { new[] { "Id" }, ["Id", "Score"] })
        {
            var ids = new List<int>();
            foreach (var cursor in scored.GetRowCursorSet(names.Select(name => scored.Schema[name]), 4))
                using (cursor)
                {
                    var get = cursor.GetGetter<int>(scored.Schema["Id"]);
                    for (var id = 0; cursor.MoveNext(); ids.Add(id)) get(ref id);
                }
            Assert.Equal(Enumerable.Range(0, 90), ids.Order());
        }
    }

    [Fact]
    public void ASourceThatCanBeReadOnlyOnceIsEnough()
    {
        var (ml, _, model) = Pictures.Trained;
        var queue = new Queue<Picture>(Pictures.Make(20));
        IEnumerable<Picture> Once()
        {
            while (queue.TryDequeue(out var picture)) yield return picture;
        }

        var rows = Rows(ml, model.Transform(ml.Data.LoadFromEnumerable(Once())));
        Assert.Equal(Enumerable.Range(0, 20), rows.Select(row => row.Id));
        Assert.All(rows, row => Assert.Equal((uint)(row.Id % 3 + 1), row.PredictedLabel));
    }

    [Fact]
    public void AskingForTheWrongTypeOrAnInactiveColumnIsAnError()
    {
        var (_, data, model) = Pictures.Trained;
        var scored = model.Transform(data);
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);

        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Score"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<int>(scored.Schema["Id"]));
        var get = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        VBuffer<float> value = default;
        Assert.Throws<InvalidOperationException>(() => get(ref value));
    }

    private static List<Opinion> Rows(MLContext ml, IDataView scored) => [.. ml.Data.CreateEnumerable<Opinion>(scored, reuseRowObject: false, ignoreMissingColumns: true)];
}
