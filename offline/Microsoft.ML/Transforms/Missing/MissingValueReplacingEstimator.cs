using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _bySlot;

    internal MissingValueReplacingEstimator(IHostEnvironment env, (string Output, string Input)[] columns, ReplacementMode mode, bool bySlot)
    {
        foreach (var (output, _) in columns) Check.NotWhiteSpace(output, "name");
        (_host, _columns, _mode, _bySlot) = (env.Register(nameof(MissingValueReplacingEstimator)), columns, mode, bySlot);
    }

    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
        Mode = 5,
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        var replacements = Array.ConvertAll(_columns, pair =>
        {
            var column = input.Schema.GetColumnOrNull(pair.Input) ?? throw Errors.MissingColumn("input", pair.Input, nameof(input));
            CheckItem(column.Type.ItemType());
            return ReplacementStatistics.Of(input, column, _mode, _bySlot && column.Type.IsKnownSizeVector());
        });
        return new MissingValueReplacingTransformer(_host, _columns, replacements);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(pair => Replaced(inputSchema.Find(pair.Input), pair.Output)));
    }

    private static SchemaShape.Column Replaced(SchemaShape.Column column, string name)
    {
        CheckItem(column.ItemType);
        var kept = column.Annotations.Where(note => note.Name is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
        return new SchemaShape.Column(name, column.Kind, column.ItemType, isKey: false, new SchemaShape(kept));
    }

    /// <summary>Only floats have a missing value that is not their default.</summary>
    internal static void CheckItem(DataViewType item)
    {
        string reason = item is KeyDataViewType
            ? $"Type '{item}' is not supported by {MissingValueReplacingTransformer.Loader} since its NA value is equivalent to its default value"
            : $"Type '{item}' is not supported by {MissingValueReplacingTransformer.Loader} since it doesn't have an NA value";
        Check.Param(item == NumberDataViewType.Single || item == NumberDataViewType.Double, "inputSchema", reason);
    }
}
