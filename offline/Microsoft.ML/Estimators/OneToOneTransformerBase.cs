using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A row-to-row transformer whose every output column comes from one input column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase
{
    private protected readonly (string Output, string Input)[] ColumnPairs;

    private protected OneToOneTransformerBase(IHost host, (string Output, string Input)[] columns) : base(host) =>
        ColumnPairs = ColumnNames.Checked(columns);

    private protected sealed override RowMap MakeMap(DataViewSchema schema)
    {
        var inputs = Array.ConvertAll(ColumnPairs, pair =>
            schema.GetColumnOrNull(pair.Input) ?? throw Errors.MissingColumn("input", pair.Input));
        for (int i = 0; i < inputs.Length; i++) CheckInput(i, inputs[i]);
        return MakeMap(schema, inputs);
    }

    /// <summary>Throws if the transformer cannot take the column.</summary>
    private protected virtual void CheckInput(int pair, DataViewSchema.Column input) { }

    private protected abstract RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs);
}

/// <summary>The row map of a one-to-one transformer: output i depends on input column i.</summary>
internal abstract class OneToOneMap(DataViewSchema schema, DataViewSchema.Column[] inputs, (string Output, string Input)[] pairs) : RowMap(schema)
{
    protected DataViewSchema.Column[] Inputs { get; } = inputs;

    public sealed override DataViewSchema.DetachedColumn[] GetOutputColumns() =>
        [.. Inputs.Select((input, i) => new DataViewSchema.DetachedColumn(pairs[i].Output, TypeOf(i), AnnotationsOf(i)))];

    public sealed override IEnumerable<int> GetDependencies(int output) => [Inputs[output].Index];

    protected abstract DataViewType TypeOf(int output);

    protected virtual DataViewSchema.Annotations AnnotationsOf(int output) => null;
}
