namespace Microsoft.ML.Data;

/// <summary>A cursor over some rows of another cursor of the same schema.</summary>
internal abstract class LinkedCursor(DataViewRowCursor input, bool[] active) : RootCursor(input.Schema, active)
{
    protected DataViewRowCursor Input => input;

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    protected sealed override Delegate Getter(int column) => Getters.Of(input, input.Schema[column]);

    protected sealed override ValueGetter<TValue> Typed<TValue>(DataViewSchema.Column column) => input.GetGetter<TValue>(column);

    protected sealed override void DisposeCore() => input.Dispose();
}
