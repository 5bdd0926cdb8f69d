using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, DataKind kind)
        : base(env.Register(nameof(TypeConvertingEstimator)), new TypeConvertingTransformer(env, columns, kind)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(Transformer.Columns.Select(pair => Converted(inputSchema.Find(pair.Input), pair.Output)));
    }

    private SchemaShape.Column Converted(SchemaShape.Column column, string name)
    {
        var item = Transformer.Kind.Primitive();
        bool converts = column.ItemType is PrimitiveDataViewType && Conversions.Find(column.ItemType, item) != null;
        Check.Param(converts, "inputSchema", $"Don't know how to convert {column.Name} into {item}");
        return new SchemaShape.Column(name, column.Kind, item, isKey: false, column.Annotations);
    }
}
