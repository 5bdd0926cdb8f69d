namespace Microsoft.ML.Data;

/// <summary>Missing values: NaN, and the key 0. Other types have none.</summary>
internal static class Missing
{
    public static bool CanBe(DataViewType item) =>
        item == NumberDataViewType.Single || item == NumberDataViewType.Double || item is KeyDataViewType;

    public static Func<T, bool> Test<T>(DataViewType item)
    {
        if (item is KeyDataViewType) return value => EqualityComparer<T>.Default.Equals(value, default);
        Delegate test = item == NumberDataViewType.Single ? (Func<float, bool>)float.IsNaN
            : item == NumberDataViewType.Double ? (Func<double, bool>)double.IsNaN
            : null;
        return (Func<T, bool>)test ?? (_ => false);
    }

    /// <summary>What stands for a missing value: NaN for floats, the default for all others.</summary>
    public static T Value<T>() => typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default;
}
