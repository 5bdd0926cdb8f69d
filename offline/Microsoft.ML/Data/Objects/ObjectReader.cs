namespace Microsoft.ML.Data;

/// <summary>The members of a class as columns to read: their schema, and getters over "the current object".</summary>
internal sealed class ObjectReader<TRow> where TRow : class
{
    private readonly ObjectColumn[] _columns;
    private readonly Delegate[] _readers;

    public ObjectReader(SchemaDefinition definition = null)
    {
        _columns = ObjectColumn.Of(typeof(TRow), definition, SchemaDefinition.Direction.Read);
        _readers = Array.ConvertAll(_columns, column => Generic.Invoke<Delegate>(Reader<int>, column.ValueType, column));
        Schema = ObjectColumn.SchemaOf(_columns);
    }

    public DataViewSchema Schema { get; }

    /// <summary>A getter of column <paramref name="index"/> of the object that <paramref name="current"/> yields when it is called.</summary>
    public Delegate MakeGetter(int index, Func<TRow> current) =>
        Generic.Invoke<Delegate>(MakeGetter<int>, _columns[index].ValueType, _columns[index].Column.Type, _readers[index], current);

    private static Delegate Reader<T>(ObjectColumn column) => column.Reader<TRow, T>();

    private static Delegate MakeGetter<T>(DataViewType type, Func<TRow, T> reader, Func<TRow> current) =>
        MemberGetters.Make(type, () => reader(current()));
}
