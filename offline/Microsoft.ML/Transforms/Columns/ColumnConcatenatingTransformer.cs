using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Scalars and vectors of one type, one behind the other in one vector.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string Loader = "ConcatTransform";

    private readonly string _name;
    private readonly string[] _sources;

    internal ColumnConcatenatingTransformer(IHostEnvironment env, string name, string[] sources)
        : base(env.Register(nameof(ColumnConcatenatingTransformer))) => (_name, _sources) = (name, sources);

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.Write(_name);
        writer.WriteMany(_sources, writer.Write);
    }

    internal static ColumnConcatenatingTransformer Load(ModelReader reader) =>
        new(reader.Environment, reader.ReadString(), reader.ReadMany(reader.ReadString));

    private protected override RowMap MakeMap(DataViewSchema schema)
    {
        var inputs = Array.ConvertAll(_sources, source => schema.GetColumnOrNull(source) ?? throw Errors.MissingColumn("input", source));
        var item = inputs[0].Type.ItemType();
        foreach (var input in inputs)
            if (!input.Type.ItemType().Equals(item)) throw Errors.WrongColumn("input", input.Name, item.ToString(), input.Type.ToString());
        return inputs.Length == 1 && inputs[0].Type is VectorDataViewType
            ? new ColumnAlias(schema, _name, inputs[0])
            : new ConcatenationMap(schema, _name, inputs);
    }

    /// <summary>One vector alone is handed on as it is.</summary>
    private sealed class ColumnAlias(DataViewSchema schema, string name, DataViewSchema.Column input) : RowMap(schema)
    {
        public override DataViewSchema.DetachedColumn[] GetOutputColumns() => [new(name, input.Type, input.Annotations)];

        public override IEnumerable<int> GetDependencies(int output) => [input.Index];

        public override Delegate MakeGetter(DataViewRow row, int output, out Action dispose)
        {
            dispose = null;
            return Getters.Of(row, input);
        }
    }
}
