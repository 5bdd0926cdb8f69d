namespace Microsoft.ML.Data;

/// <summary>Labels as learners and evaluators take them: a float as it is, a key from zero on, NaN for a missing key.</summary>
internal static class LabelGetter
{
    public static ValueGetter<float> Of(DataViewRow row, DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType) return row.GetGetter<float>(label);
        if (label.Type.RawType == typeof(byte)) return OfKey<byte>(row, label, key => key);
        if (label.Type.RawType == typeof(ushort)) return OfKey<ushort>(row, label, key => key);
        if (label.Type.RawType == typeof(uint)) return OfKey<uint>(row, label, key => key);
        return OfKey<ulong>(row, label, key => key);
    }

    private static ValueGetter<float> OfKey<T>(DataViewRow row, DataViewSchema.Column label, Func<T, ulong> widen)
    {
        var getter = row.GetGetter<T>(label);
        T key = default;
        return (ref float value) =>
        {
            getter(ref key);
            value = widen(key) is > 0 and var number ? number - 1 : float.NaN;
        };
    }
}
