using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Keys as indicator vectors; vectors of keys as one indicator after the other, or as counts.</summary>
public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string Loader = "KeyToVectorTransform";

    internal KeyToVectorMappingTransformer(IHostEnvironment env, (string Output, string Input)[] columns, bool count)
        : base(env.Register(nameof(KeyToVectorMappingTransformer)), columns) => Count = count;

    internal bool Count { get; }

    internal (string Output, string Input)[] Columns => ColumnPairs;

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.WritePairs(ColumnPairs);
        writer.Write(Count);
    }

    internal static KeyToVectorMappingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadPairs(), reader.ReadBoolean());

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        if (input.Type.ItemType().KeyCount() == 0)
            throw Errors.WrongColumn("input", input.Name, "key type of known cardinality", input.Type.ToString());
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new KeyToVectorMap(schema, inputs, ColumnPairs, Count);
}

public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    internal KeyToVectorMappingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, bool count)
        : base(env.Register(nameof(KeyToVectorMappingEstimator)), new KeyToVectorMappingTransformer(env, columns, count)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Columns.Select(pair => Indicated(inputSchema.Find(pair.Input), pair.Output)));
    }

    private SchemaShape.Column Indicated(SchemaShape.Column column, string name)
    {
        if (column.ItemType is not PrimitiveDataViewType) throw Errors.WrongColumn("input", column.Name);
        bool variable = column.Kind == SchemaShape.Column.VectorKind.VariableVector, scalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
        var annotations = new List<SchemaShape.Column>();
        bool named = column.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && values.ItemType is TextDataViewType;
        if (named && (Transformer.Count && column.IsKey || !variable))
            annotations.Add(new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, values.ItemType, isKey: false));
        if (!Transformer.Count && !variable)
            annotations.Add(new(AnnotationKinds.CategoricalSlotRanges, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Int32, isKey: false));
        if (!Transformer.Count || scalar) annotations.Add(new(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance));
        return new SchemaShape.Column(name,
            variable && !Transformer.Count ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single, isKey: false, new SchemaShape(annotations));
    }
}
