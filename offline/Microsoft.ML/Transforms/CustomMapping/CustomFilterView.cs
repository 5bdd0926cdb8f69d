using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>The rows that a user's function does not pick out.</summary>
internal sealed class CustomFilterView<TSrc> : FilterView where TSrc : class, new()
{
    private readonly ObjectWriter<TSrc> _writer;
    private readonly Func<TSrc, bool> _leaveOut;

    public CustomFilterView(IDataView source, Func<TSrc, bool> leaveOut) : base(source)
    {
        _writer = new ObjectWriter<TSrc>(source.Schema, ignoreMissingColumns: false);
        _leaveOut = Check.NotNull(leaveOut, "predicate");
    }

    protected override IEnumerable<DataViewSchema.Column> TestColumns => _writer.Needed;

    protected override Func<bool> MakeTest(DataViewRow row)
    {
        var fill = _writer.Bind(row);
        var source = new TSrc();
        return () =>
        {
            fill(source);
            return !_leaveOut(source);
        };
    }
}
