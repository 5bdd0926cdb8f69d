using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns' values looked up in a map.</summary>
public class ValueMappingTransformer : OneToOneTransformerBase
{
    internal const string Loader = "ValueMappingTransformer";

    internal ValueMappingTransformer(IHostEnvironment env, (string Output, string Input)[] columns, ValueMap map)
        : base(env.Register(nameof(ValueMappingTransformer)), columns) => Values = map;

    internal ValueMap Values { get; }

    internal (string Output, string Input)[] Columns => ColumnPairs;

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.WritePairs(ColumnPairs);
        Values.Write(writer);
    }

    internal static ValueMappingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadPairs(), ValueMap.Read(reader));

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        if (input.Type is VectorDataViewType && Values.ValueType is VectorDataViewType)
            throw new NotSupportedException($"Column '{input.Name}' cannot be mapped to values when the column and the map values are both vector type.");
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(schema, inputs, this);

    private sealed class Map(DataViewSchema schema, DataViewSchema.Column[] inputs, ValueMappingTransformer owner)
        : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        /// <summary>Of a vector, as the real transform has it, the output's size is unknown and keys are plain numbers.</summary>
        protected override DataViewType TypeOf(int output) =>
            Inputs[output].Type is VectorDataViewType ? new VectorDataViewType(TypeExtensions.Primitive(owner.Values.ValueType.RawType)) : owner.Values.ValueType;

        protected override DataViewSchema.Annotations AnnotationsOf(int output) => owner.Values.ValueAnnotations;

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            return owner.Values.MakeGetter(input, Inputs[output]);
        }
    }
}
