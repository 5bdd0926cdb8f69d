using Microsoft.ML;
using ResNet.MLNet.Images;

namespace ResNet.MLNet.Scoring;

/// <summary>A view with the new columns, scored in whole batches while a cursor moves over it.</summary>
internal sealed class ScoredView(IDataView source, ScoredSchema schema, ImageScorer scorer) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => schema.Output;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = columnsNeeded.ToArray();
        var needed = schema.Sources(active);
        return Wrap(source.GetRowCursor(scorer.AllowsUnreadable && schema.NeedsScores(active) ? [.. needed, .. PixelColumn.OneAtATime(source.Schema)] : needed, rand), active);
    }

    /// <summary>One cursor when the model runs: a batch must not mix the rows of several cursors, nor wait for one of them.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = columnsNeeded.ToArray();
        return schema.NeedsScores(active)
            ? [GetRowCursor(active, rand)]
            : [.. source.GetRowCursorSet(schema.Sources(active), n, rand).Select(cursor => Wrap(cursor, active))];
    }

    private DataViewRowCursor Wrap(DataViewRowCursor cursor, DataViewSchema.Column[] active) =>
        schema.NeedsScores(active) && BatchCursor.CanBuffer(schema, active)
            ? new BatchCursor(source, cursor, schema, active, scorer)
            : new ScoredRowCursor(cursor, new ScoredRow(cursor, schema, active, scorer));
}
