namespace Microsoft.ML.Data;

/// <summary>
/// The output schema of a row map and where each of its columns comes from. An added column that hides an
/// input column stands right behind it; the others stand at the end.
/// </summary>
internal sealed class MapBindings
{
    private readonly int[] _sources;

    public MapBindings(DataViewSchema input, DataViewSchema.DetachedColumn[] added)
    {
        Added = added;
        var order = Enumerable.Range(0, input.Count).ToList();
        for (int i = 0; i < added.Length; i++)
        {
            int hidden = input.GetColumnOrNull(added[i].Name)?.Index ?? -1;
            // Behind the hidden column and behind what was already added there.
            int at = hidden < 0 ? order.Count : order.IndexOf(hidden) + 1;
            while (hidden >= 0 && at < order.Count && order[at] < 0) at++;
            order.Insert(at, ~i);
        }
        _sources = [.. order];
        var builder = new DataViewSchema.Builder();
        foreach (int source in _sources)
            if (source >= 0) builder.AddColumn(input[source].Name, input[source].Type, input[source].Annotations);
            else builder.AddColumn(added[~source].Name, added[~source].Type, added[~source].Annotations);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public DataViewSchema.DetachedColumn[] Added { get; }

    /// <summary>Whether output column <paramref name="column"/> is an input column, and the index among the input or the added columns.</summary>
    public bool IsInput(int column, out int index)
    {
        int source = _sources[column];
        index = source >= 0 ? source : ~source;
        return source >= 0;
    }

    /// <summary>The output columns in the order of the added columns' indices: where added column i stands.</summary>
    public int PositionOf(int added) => Array.IndexOf(_sources, ~added);
}
