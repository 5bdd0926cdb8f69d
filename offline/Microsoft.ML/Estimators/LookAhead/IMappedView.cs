namespace Microsoft.ML.Data;

/// <summary>A view whose every row comes from one row of another view.</summary>
internal interface IMappedView : IDataView
{
    IDataView Source { get; }

    IRowToRowMapper Mapper { get; }
}
