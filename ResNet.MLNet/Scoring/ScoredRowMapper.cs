using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Scoring;

/// <summary>Row by row scoring, as a PredictionEngine does it.</summary>
internal sealed class ScoredRowMapper(ScoredSchema schema, ImageScorer scorer) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        schema.Sources(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema != schema.Input) throw new ArgumentException("The row has another schema than the mapper's InputSchema.", nameof(input));
        return new ScoredRow(input, schema, activeColumns, scorer);
    }
}
