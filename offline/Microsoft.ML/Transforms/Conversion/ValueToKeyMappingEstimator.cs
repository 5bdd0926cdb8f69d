using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly int _limit;
    private readonly KeyOrdinality _order;
    private readonly bool _asText;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, int limit, KeyOrdinality order, bool asText, IDataView keyData)
    {
        foreach (var (output, _) in columns) Check.NotWhiteSpace(output, "outputColumnName");
        Check.Param(keyData == null || keyData.Schema.Count == 1, nameof(keyData),
            $"If specified, this data view should contain only a single column containing the terms to map, but this had {keyData?.Schema.Count} columns.");
        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        (_columns, _limit, _order, _asText, _keyData) = (columns, limit, order, asText, keyData);
    }

    /// <summary>In which order values are numbered.</summary>
    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        var columns = Array.ConvertAll(_columns, pair => input.Schema.GetColumnOrNull(pair.Input) ?? throw Errors.MissingColumn("input", pair.Input));
        foreach (var column in columns)
            if (column.Type.ItemType() is not PrimitiveDataViewType) throw Errors.WrongColumn("input", column.Name);
        using var channel = _host.Start("Building term dictionary");
        var terms = _keyData == null ? Learned(input, columns) : Array.ConvertAll(columns, Given);
        for (int i = 0; i < terms.Length; i++)
            channel.Info(MessageSensitivity.Schema, "Column '{0}' has {1} distinct values", columns[i].Name, terms[i].Count);
        return new ValueToKeyMappingTransformer(_host, _columns, terms, _asText);
    }

    private bool Sorted => _order == KeyOrdinality.ByValue;

    private TermMap[] Learned(IDataView input, DataViewSchema.Column[] columns)
    {
        Check.Param(_limit > 0, "MaxNumTerms", "Must be positive");
        return TermCollector.Collect(input, columns, _limit, Sorted);
    }

    private TermMap Given(DataViewSchema.Column column)
    {
        var source = _keyData.Schema[0];
        Check.Param(source.Type.Equals(column.Type.ItemType()), "keyData",
            $"Input data's column must be of type '{column.Type.ItemType()}' but was '{source.Type}'");
        return TermCollector.Collect(_keyData, [source], int.MaxValue, Sorted)[0];
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(pair => Keyed(inputSchema.Find(pair.Input), pair.Output)));
    }

    private SchemaShape.Column Keyed(SchemaShape.Column column, string name)
    {
        if (column.ItemType is not PrimitiveDataViewType) throw Errors.WrongColumn("input", column.Name);
        var annotations = new List<SchemaShape.Column>();
        if (column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var slots)) annotations.Add(slots);
        annotations.Add(column.IsKey && column.HasKeyValues
            ? column.Annotations.Find(AnnotationKinds.KeyValues)
            : new(AnnotationKinds.KeyValues, SchemaShape.Column.VectorKind.Vector, _asText ? TextDataViewType.Instance : column.ItemType, column.IsKey));
        return new SchemaShape.Column(name, column.Kind, NumberDataViewType.UInt32, isKey: true, new SchemaShape(annotations));
    }
}
