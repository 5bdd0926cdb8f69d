using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns under another name.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string Loader = "CopyTransform";

    internal ColumnCopyingTransformer(IHostEnvironment env, params (string Output, string Input)[] columns)
        : base(env.Register(nameof(ColumnCopyingTransformer)), columns) { }

    internal (string Output, string Input)[] Columns => ColumnPairs;

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer) => writer.WritePairs(ColumnPairs);

    internal static ColumnCopyingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadPairs());

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(schema, inputs, ColumnPairs);

    private sealed class Map(DataViewSchema schema, DataViewSchema.Column[] inputs, (string, string)[] pairs) : OneToOneMap(schema, inputs, pairs)
    {
        protected override DataViewType TypeOf(int output) => Inputs[output].Type;

        protected override DataViewSchema.Annotations AnnotationsOf(int output) => Inputs[output].Annotations;

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            return Getters.Of(input, Inputs[output]);
        }
    }
}

public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(IHostEnvironment env, params (string Output, string Input)[] columns)
        : base(env.Register(nameof(ColumnCopyingEstimator)), new ColumnCopyingTransformer(env, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Columns.Select(pair => inputSchema.Find(pair.Input).Renamed(pair.Output)));
    }
}
