using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Schema;

/// <summary>The <see cref="SchemaShape"/> of a schema. ML.NET makes shapes out of schemas only inside its own chains:
/// so a loader that has the schema is followed by an estimator that hands on the shape it is given.</summary>
internal static class SchemaShapes
{
    public static SchemaShape Of(DataViewSchema schema) => new Loader(schema).Append(new Identity()).GetOutputSchema();

    private sealed class Loader(DataViewSchema schema) : IDataLoader<object>
    {
        public DataViewSchema GetOutputSchema() => schema;

        public IDataView Load(object source) => throw new NotSupportedException();

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException();
    }

    private sealed class Identity : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => throw new NotSupportedException();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
