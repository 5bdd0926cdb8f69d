using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A transformer that adds columns computed from a row's other columns. Subclasses give the <see cref="RowMap"/> and how they are saved.</summary>
public abstract class RowToRowTransformerBase : ITransformer, ISavable
{
    private protected readonly IHost Host;

    private protected RowToRowTransformerBase(IHost host) => Host = Check.NotNull(host, nameof(host));

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The transformer's work on rows of <paramref name="schema"/>; throws where the columns that it needs are missing or wrong.</summary>
    private protected abstract RowMap MakeMap(DataViewSchema schema);

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => MakeMap(Check.NotNull(inputSchema, nameof(inputSchema))).Bindings.Schema;

    public IDataView Transform(IDataView input) => new RowMapView(Check.NotNull(input, nameof(input)), MakeMap(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        new RowMapper(MakeMap(Check.NotNull(inputSchema, nameof(inputSchema))));

    void ICanSaveModel.Save(ModelSaveContext ctx) => Check.NotNull(ctx, nameof(ctx)).Save(this);

    string ISavable.LoaderName => LoaderName;

    void ISavable.SaveTo(ModelWriter writer) => SaveTo(writer);

    /// <summary>The name under which <see cref="LoaderRegistry"/> knows how to read the transformer back.</summary>
    private protected abstract string LoaderName { get; }

    private protected abstract void SaveTo(ModelWriter writer);
}
