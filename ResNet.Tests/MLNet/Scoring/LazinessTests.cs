using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet.Scoring;

/// <summary>Nothing is read or scored that nobody asked for.</summary>
public class LazinessTests
{
    private static (CountingView Source, IDataView Scored) Make()
    {
        var (_, data, model) = Pictures.Trained;
        var source = new CountingView(data);
        return (source, model.LastTransformer.Transform(source));
    }

    [Fact]
    public void TransformReadsNothing()
    {
        var (source, scored) = Make();
        Assert.NotNull(scored.Schema);
        Assert.Equal(90, scored.GetRowCount() ?? 90);
        Assert.Equal(0, source.Cursors);
    }

    [Fact]
    public void WithoutScoresThePixelsAreNotRead()
    {
        var (source, scored) = Make();
        Assert.Equal(90, scored.GetColumn<int>("Id").Count());
        Assert.False(source.Reads.ContainsKey("Features"));
        Assert.Equal(90, source.Reads["Id"]);
    }

    [Fact]
    public void ScoresReadThePixelsOnceByOneCursor()
    {
        var (source, scored) = Make();
        Assert.Equal(90, Pictures.Scores(scored).Length);
        Assert.Equal((1, 90), (source.Cursors, source.Reads["Features"]));
        Assert.False(source.Reads.ContainsKey("Id"));
    }

    [Fact]
    public void TheFirstRowReadsOneBatchAhead()
    {
        var (source, scored) = Make();
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        Assert.Equal(0, source.Moves);
        cursor.MoveNext();
        Assert.Equal(8, source.Moves);
        for (var row = 1; row < 8; row++) cursor.MoveNext();
        Assert.Equal(8, source.Moves);
        cursor.MoveNext();
        Assert.Equal(16, source.Moves);
    }

    [Fact]
    public void AMapperScoresOnlyWhenAScoreIsRead()
    {
        var (_, data, model) = Pictures.Trained;
        var source = new CountingView(data);
        var mapper = model.LastTransformer.GetRowToRowMapper(source.Schema);
        using var cursor = source.GetRowCursor(source.Schema);
        var row = mapper.GetRow(cursor, mapper.OutputSchema);
        var score = row.GetGetter<VBuffer<float>>(mapper.OutputSchema["Score"]);
        var label = row.GetGetter<uint>(mapper.OutputSchema["PredictedLabel"]);
        cursor.MoveNext();
        Assert.False(source.Reads.ContainsKey("Features"));

        VBuffer<float> value = default;
        uint key = 0;
        score(ref value);
        label(ref key);
        Assert.Equal(1, source.Reads["Features"]);
        Assert.Same(mapper.OutputSchema, row.Schema);
        Assert.Equal(["Features"], mapper.GetDependencies([mapper.OutputSchema["Score"]]).Select(column => column.Name));
    }
}
