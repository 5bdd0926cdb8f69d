using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Some columns of its input: those named, in that order, or all but those named.</summary>
public sealed class ColumnSelectingTransformer : ITransformer, ISavable
{
    internal const string Loader = "SelectColumnsTransform";

    private readonly string[] _names;
    private readonly bool _keep;
    private readonly bool _keepHidden;

    internal ColumnSelectingTransformer(string[] keep, string[] drop, bool keepHidden = false)
    {
        bool kept = keep is { Length: > 0 }, dropped = drop is { Length: > 0 };
        Check.That(!(kept && dropped), "Both keepColumns and dropColumns are set. Exactly one can be specified.");
        Check.That(kept || dropped, "Neither keepColumns and dropColumns is set. Exactly one must be specified.");
        (_names, _keep, _keepHidden) = (kept ? keep : drop, kept, keepHidden);
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal bool Keeps(string name) => _names.Contains(name) == _keep;

    internal void CheckNames(IEnumerable<string> present, string parameter)
    {
        string missing = string.Join(",", _names.Except(present));
        if (missing != "") throw Errors.MissingColumn("input", missing, parameter);
    }

    private int[] Indices(DataViewSchema schema, string parameter)
    {
        CheckNames(schema.Select(c => c.Name), parameter);
        var columns = _keep
            ? _names.SelectMany(name => schema.Where(c => c.Name == name && (_keepHidden || !c.IsHidden)))
            : schema.Where(c => Keeps(c.Name));
        return [.. columns.Select(c => c.Index)];
    }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
        ColumnSubsetView.SchemaOf(Check.NotNull(inputSchema, nameof(inputSchema)), Indices(inputSchema, nameof(inputSchema)));

    public IDataView Transform(IDataView input) =>
        new ColumnSubsetView(Check.NotNull(input, nameof(input)), Indices(input.Schema, nameof(input)));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) =>
        new ColumnSubsetMapper(Check.NotNull(inputSchema, nameof(inputSchema)), Indices(inputSchema, nameof(inputSchema)));

    void ICanSaveModel.Save(ModelSaveContext ctx) => Check.NotNull(ctx, nameof(ctx)).Save(this);

    string ISavable.LoaderName => Loader;

    void ISavable.SaveTo(ModelWriter writer)
    {
        writer.Write(_keep);
        writer.Write(_keepHidden);
        writer.WriteMany(_names, writer.Write);
    }

    internal static ColumnSelectingTransformer Load(ModelReader reader)
    {
        bool keep = reader.ReadBoolean(), keepHidden = reader.ReadBoolean();
        string[] names = reader.ReadMany(reader.ReadString);
        return new ColumnSelectingTransformer(keep ? names : null, keep ? null : names, keepHidden);
    }
}
