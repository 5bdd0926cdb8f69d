using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new() where TDst : class, new()
{
    internal CustomMappingEstimator(IHostEnvironment environment, Action<TSrc, TDst> mapAction, string contractName,
        SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition)
        : base(environment.Register("CustomMappingEstimator"), new(mapAction, contractName, inputSchemaDefinition, outputSchemaDefinition)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        foreach (var wanted in ObjectColumn.Of(typeof(TSrc), Transformer.InputDefinition, SchemaDefinition.Direction.Both))
        {
            string name = wanted.Column.Name;
            var found = inputSchema.Find(name);
            if (!Fits(new SchemaShape.Column(name, wanted.Column.Type), found))
                throw Errors.WrongColumn("input", name, wanted.Column.Type.ToString(), found.GetTypeString());
        }
        return inputSchema.With(SchemaShape.Create(Transformer.Output.Schema));
    }

    // A member of any length takes fixed vectors too. Item types must be the same object, so two equal image types do not fit,
    // as in ML.NET; the transformer itself asks for equal raw types only.
    private static bool Fits(SchemaShape.Column wanted, SchemaShape.Column found) =>
        ReferenceEquals(wanted.ItemType, found.ItemType) && wanted.IsKey == found.IsKey && (wanted.Kind == found.Kind
            || wanted.Kind == SchemaShape.Column.VectorKind.VariableVector && found.Kind == SchemaShape.Column.VectorKind.Vector);
}
