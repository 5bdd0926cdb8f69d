using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHost _host;
    private readonly string _name;
    private readonly string[] _sources;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, string[] inputColumnNames)
    {
        _host = env.Register(nameof(ColumnConcatenatingEstimator));
        _name = Check.NotEmpty(outputColumnName, nameof(outputColumnName));
        _sources = Check.NotNull(inputColumnNames, nameof(inputColumnNames));
        Check.Param(_sources.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Check.Param(!_sources.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        var transformer = new ColumnConcatenatingTransformer(_host, _name, _sources);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        var columns = Array.ConvertAll(_sources, source => inputSchema.Find(source));
        foreach (var column in columns)
        {
            Check.That(!column.IsKey, $"Column '{column.Name}' is key. Concatenation of keys is unsupported.");
            Check.That(column.ItemType.Equals(columns[0].ItemType),
                $"Concatenated columns should have the same type. Column '{column.Name}' has type of {column.ItemType}, but expected column type is {columns[0].ItemType}.");
        }
        bool variable = columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.VariableVector);
        return inputSchema.With(new SchemaShape.Column(_name,
            variable ? SchemaShape.Column.VectorKind.VariableVector : SchemaShape.Column.VectorKind.Vector,
            columns[0].ItemType, isKey: false, new SchemaShape(Annotations(columns))));
    }

    private static IEnumerable<SchemaShape.Column> Annotations(SchemaShape.Column[] columns)
    {
        if (columns.All(c => c.IsNormalized)) yield return new(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);
        if (columns.Any(c => c.HasVector(AnnotationKinds.CategoricalSlotRanges, NumberDataViewType.Int32)))
            yield return new(AnnotationKinds.CategoricalSlotRanges, SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Int32, isKey: false);
        if (columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.Scalar || c.HasVector(AnnotationKinds.SlotNames, TextDataViewType.Instance)))
            yield return new(AnnotationKinds.SlotNames, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
    }
}
