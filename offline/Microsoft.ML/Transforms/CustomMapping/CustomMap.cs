using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A custom mapping bound to a schema. The user's function runs once a row, when the first of its columns is read.</summary>
internal sealed class CustomMap<TSrc, TDst> : RowMap where TSrc : class, new() where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _mapAction;
    private readonly ObjectWriter<TSrc> _input;
    private readonly ObjectReader<TDst> _output;
    private readonly RowShared<Current> _current;

    public CustomMap(DataViewSchema schema, Action<TSrc, TDst> mapAction, ObjectWriter<TSrc> input, ObjectReader<TDst> output) : base(schema)
    {
        (_mapAction, _input, _output) = (mapAction, input, output);
        _current = new(row => new Current(row, _input.Bind(row), _mapAction));
    }

    public override DataViewSchema.DetachedColumn[] GetOutputColumns() =>
        [.. _output.Schema.Select(c => new DataViewSchema.DetachedColumn(c.Name, c.Type, c.Annotations))];

    public override IEnumerable<int> GetDependencies(int output) => _input.Needed.Select(c => c.Index);

    public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
    {
        dispose = null;
        return _output.MakeGetter(output, _current.Of(input).Value);
    }

    private sealed class Current(DataViewRow row, Action<TSrc> fill, Action<TSrc, TDst> map)
    {
        private readonly TSrc _source = new();
        private readonly TDst _result = new();
        private long _position = -1;

        public TDst Value()
        {
            if (_position == row.Position) return _result;
            fill(_source);
            map(_source, _result);
            _position = row.Position;
            return _result;
        }
    }
}
