using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Images;

/// <summary>A mapper whose rows are checked as <see cref="CheckedImages"/> does.</summary>
internal sealed class CheckedImagesMapper(IRowToRowMapper mapper, DataViewSchema.Column column) : IRowToRowMapper
{
    public DataViewSchema InputSchema => mapper.InputSchema;

    public DataViewSchema OutputSchema => mapper.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        mapper.GetDependencies(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        return mapper.GetRow(CheckedImages.Check(input, column), activeColumns);
    }
}
