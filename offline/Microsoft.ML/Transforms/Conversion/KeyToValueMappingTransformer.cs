using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Keys as the values that their column's annotations give for them.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Loader = "KeyToValueTransform";

    internal KeyToValueMappingTransformer(IHostEnvironment env, (string Output, string Input)[] columns)
        : base(env.Register(nameof(KeyToValueMappingTransformer)), columns) { }

    internal (string Output, string Input)[] Columns => ColumnPairs;

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer) => writer.WritePairs(ColumnPairs);

    internal static KeyToValueMappingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadPairs());

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        Check.That(input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues) != null, "Metadata KeyValues does not exist");
        Check.That(input.HasKeyValues(), "KeyValues metadata size does not match column type key count");
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(schema, inputs, ColumnPairs);

    private sealed class Map(DataViewSchema schema, DataViewSchema.Column[] inputs, (string, string)[] pairs) : OneToOneMap(schema, inputs, pairs)
    {
        private DataViewType ValueType(int output) => Inputs[output].Annotations.Schema[AnnotationKinds.KeyValues].Type.ItemType();

        protected override DataViewType TypeOf(int output) => Inputs[output].Type.WithItem((PrimitiveDataViewType)ValueType(output));

        protected override DataViewSchema.Annotations AnnotationsOf(int output)
        {
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(Inputs[output].Annotations, kind => kind == AnnotationKinds.SlotNames);
            return builder.ToAnnotations();
        }

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            return Generic.Invoke<Delegate>(Typed<uint, int>, [Inputs[output].Type.ItemType().RawType, ValueType(output).RawType], input, Inputs[output]);
        }

        private static Delegate Typed<TKey, TValue>(DataViewRow row, DataViewSchema.Column column) where TKey : System.Numerics.IBinaryInteger<TKey>
        {
            VBuffer<TValue> named = default;
            column.GetKeyValues(ref named);
            var values = named.DenseValues().ToArray();
            var missing = Missing.Value<TValue>();
            return ItemGetters.Make<TKey, TValue>(row, column, key =>
                ulong.CreateTruncating(key) - 1 is var index && index < (ulong)values.Length ? values[index] : missing);
        }
    }
}

public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    internal KeyToValueMappingEstimator(IHostEnvironment env, (string Output, string Input)[] columns)
        : base(env.Register(nameof(KeyToValueMappingEstimator)), new KeyToValueMappingTransformer(env, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Columns.Select(pair => Valued(inputSchema.Find(pair.Input), pair.Output)));
    }

    private static SchemaShape.Column Valued(SchemaShape.Column column, string name)
    {
        if (!column.IsKey) throw Errors.WrongColumn("input", column.Name, "KeyType", column.GetTypeString());
        Check.Param(column.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values), "inputSchema", $"Input column '{column.Name}' doesn't contain key values metadata");
        var slots = column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var names) ? new SchemaShape([names]) : null;
        return new SchemaShape.Column(name, column.Kind, values.ItemType, values.IsKey, slots);
    }
}
