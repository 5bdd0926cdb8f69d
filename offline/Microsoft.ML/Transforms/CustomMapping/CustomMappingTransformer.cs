using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns that a user's function computes from a row's members.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer, ISavable where TSrc : class, new() where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _mapAction;
    private readonly string _contractName;

    internal CustomMappingTransformer(Action<TSrc, TDst> mapAction, string contractName, SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition)
    {
        _mapAction = Check.NotNull(mapAction, nameof(mapAction));
        _contractName = contractName;
        InputDefinition = inputSchemaDefinition;
        // Members that can only be read add no column, unless a definition names them.
        Output = new ObjectReader<TDst>(outputSchemaDefinition ?? SchemaDefinition.Create(typeof(TDst), SchemaDefinition.Direction.Write));
    }

    internal SchemaDefinition InputDefinition { get; }

    internal ObjectReader<TDst> Output { get; }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => MakeMap(Check.NotNull(inputSchema, nameof(inputSchema))).Bindings.Schema;

    public IDataView Transform(IDataView input) => new RowMapView(Check.NotNull(input, nameof(input)), MakeMap(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(MakeMap(Check.NotNull(inputSchema, nameof(inputSchema))));

    private RowMap MakeMap(DataViewSchema schema) =>
        new CustomMap<TSrc, TDst>(schema, _mapAction, new ObjectWriter<TSrc>(schema, ignoreMissingColumns: false, InputDefinition), Output);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Check.That(_contractName != null, "Empty contract name for a transform: the transform cannot be saved");
        Check.NotNull(ctx, nameof(ctx)).Save(this);
    }

    string ISavable.LoaderName => CustomMappingContract.LoaderName;

    void ISavable.SaveTo(ModelWriter writer) => CustomMappingContract.Write(writer, _contractName, _mapAction.Method.DeclaringType.Assembly);
}
