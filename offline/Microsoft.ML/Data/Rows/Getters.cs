namespace Microsoft.ML.Data;

/// <summary>Getters whose type is known at run time only.</summary>
internal static class Getters
{
    /// <summary>The getter as the caller wants it, or the error that names both types.</summary>
    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column) =>
        getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Invalid TValue in GetGetter for column #{column}: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");

    /// <summary>The same for columns that a transformer computes.</summary>
    public static ValueGetter<TValue> Cast<TValue>(Delegate getter) => getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
        $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");

    /// <summary>The getter of a column, whatever its type.</summary>
    public static Delegate Of(DataViewRow row, DataViewSchema.Column column) =>
        Generic.Invoke<Delegate>(Typed<int>, column.Type.RawType, row, column);

    private static Delegate Typed<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
