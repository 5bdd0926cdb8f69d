using System.Runtime.CompilerServices;

namespace Microsoft.ML.Data;

/// <summary>What the getters of one input row share, so that a row's work is done once for all its output columns.</summary>
internal sealed class RowShared<TState>(Func<DataViewRow, TState> make) where TState : class
{
    private readonly ConditionalWeakTable<DataViewRow, TState> _states = [];

    public TState Of(DataViewRow row) => _states.GetValue(row, key => make(key));
}
