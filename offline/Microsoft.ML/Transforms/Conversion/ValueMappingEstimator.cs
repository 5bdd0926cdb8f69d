using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    internal ValueMappingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, ValueMap map)
        : base(env.Register(nameof(ValueMappingEstimator)), new ValueMappingTransformer(env, columns, map)) { }

    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Columns.Select(pair => Mapped(inputSchema.Find(pair.Input), pair.Output)));
    }

    private SchemaShape.Column Mapped(SchemaShape.Column column, string name)
    {
        var values = Transformer.Values;
        var mapped = new SchemaShape.Column(name, values.ValueType,
            new SchemaShape(values.ValueAnnotations.Schema.Select(note => new SchemaShape.Column(note.Name, note.Type))));
        if (column.Kind == SchemaShape.Column.VectorKind.Scalar) return mapped;
        if (values.ValueType is VectorDataViewType)
            throw new NotSupportedException($"Column '{column.Name}' cannot be mapped to values when the column and the map values are both vector type.");
        return new SchemaShape.Column(name, column.Kind, mapped.ItemType, mapped.IsKey, mapped.Annotations);
    }
}

public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
{
    internal ValueMappingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, ValueMap map) : base(env, columns, map) { }
}
