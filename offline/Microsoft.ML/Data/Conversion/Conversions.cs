using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>
/// Which item types convert to which, and how: integers among those of their own signedness, to floats,
/// booleans and text; floats to each other, booleans and text; text to everything; keys to keys of one count.
/// </summary>
internal static class Conversions
{
    /// <summary>A <c>Func&lt;TFrom, TTo&gt;</c>, or null where there is no conversion.</summary>
    public static Delegate Find(DataViewType from, DataViewType to)
    {
        if (from is KeyDataViewType key)
        {
            if (to is KeyDataViewType other ? key.Count != other.Count : !KeyDataViewType.IsValidDataType(to.RawType)) return null;
        }
        else if (to is KeyDataViewType && from is not TextDataViewType) return null;
        return Generic.Invoke<Delegate>(Find<int, int>, [from.RawType, to.RawType], from, to);
    }

    private static Delegate Find<TFrom, TTo>(DataViewType from, DataViewType to)
    {
        if (from is TextDataViewType && to is not TextDataViewType) return FromText<TTo>(to);
        if (typeof(TFrom) == typeof(TTo)) return (Func<TFrom, TFrom>)(value => value);
        if (to is TextDataViewType) return (Func<TFrom, ReadOnlyMemory<char>>)(value => TextFormatter.Convert(value).AsMemory());
        if (to is BooleanDataViewType) return ToBoolean<TFrom>();
        if (from is BooleanDataViewType) return Kind<TTo>() is NumberKind.Signed or NumberKind.Real ? FromBoolean<TTo>() : null;
        if (Ticks<TFrom>() is { } ticks) return FromTicks<TFrom, TTo>(ticks);
        if (from is RowIdDataViewType || to is RowIdDataViewType) return Ids<TFrom, TTo>();
        bool known = Kind<TFrom>() != NumberKind.None && Kind<TTo>() != NumberKind.None
            && (Kind<TTo>() == NumberKind.Real || Kind<TTo>() == Kind<TFrom>());
        return known ? Generic.Invoke<Delegate>(Numbers<int, int>, [typeof(TFrom), typeof(TTo)]) : null;
    }

    private enum NumberKind { None, Signed, Unsigned, Real }

    private static NumberKind Kind<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => NumberKind.Signed,
        TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => NumberKind.Unsigned,
        TypeCode.Single or TypeCode.Double => NumberKind.Real,
        _ => NumberKind.None,
    };

    /// <summary>Signed integers wrap around; unsigned ones that do not fit become 0.</summary>
    private static Delegate Numbers<TFrom, TTo>() where TFrom : INumber<TFrom> where TTo : INumber<TTo> => Kind<TFrom>() == NumberKind.Unsigned
        ? (Func<TFrom, TTo>)(value => TTo.CreateTruncating(value) is var to && (Kind<TTo>() == NumberKind.Real || TFrom.CreateTruncating(to) == value) ? to : TTo.Zero)
        : (Func<TFrom, TTo>)TTo.CreateTruncating;

    private static Delegate ToBoolean<T>() =>
        Kind<T>() == NumberKind.None ? null : (Func<T, bool>)(value => !EqualityComparer<T>.Default.Equals(value, default));

    private static Delegate FromBoolean<T>()
    {
        var one = (T)Convert.ChangeType(1, typeof(T));
        return (Func<bool, T>)(value => value ? one : default);
    }

    private static Func<T, long> Ticks<T>() =>
        typeof(T) == typeof(TimeSpan) ? (Func<T, long>)(Delegate)(Func<TimeSpan, long>)(value => value.Ticks)
        : typeof(T) == typeof(DateTime) ? (Func<T, long>)(Delegate)(Func<DateTime, long>)(value => value.Ticks)
        : typeof(T) == typeof(DateTimeOffset) ? (Func<T, long>)(Delegate)(Func<DateTimeOffset, long>)(value => value.UtcTicks)
        : null;

    private static Delegate FromTicks<TFrom, TTo>(Func<TFrom, long> ticks) =>
        typeof(TTo) == typeof(long) ? ticks
        : typeof(TTo) == typeof(float) ? (Func<TFrom, float>)(value => ticks(value))
        : typeof(TTo) == typeof(double) ? (Func<TFrom, double>)(value => ticks(value))
        : null;

    private static Delegate Ids<TFrom, TTo>() => Kind<TFrom>() == NumberKind.Unsigned
        ? (Func<TFrom, DataViewRowId>)(value => new DataViewRowId(Convert.ToUInt64(value), 0))
        : Kind<TTo>() == NumberKind.Unsigned ? Generic.Invoke<Delegate>(FromId<uint>, typeof(TTo)) : null;

    private static Delegate FromId<T>() where T : IBinaryInteger<T> => (Func<DataViewRowId, T>)(id =>
        id.High == 0 && T.CreateTruncating(id.Low) is var low && ulong.CreateTruncating(low) == id.Low ? low : T.Zero);

    /// <summary>Text that is no value becomes NaN, 0 or false; signed integers insist on being numbers.</summary>
    private static Delegate FromText<T>(DataViewType to)
    {
        var parse = (TextParser.TryParse<T>)TextParser.For(to);
        bool signed = Kind<T>() == NumberKind.Signed;
        return (Func<ReadOnlyMemory<char>, T>)(text => parse(text.Span, out var value) ? value
            : signed ? throw new InvalidOperationException($"Value could not be parsed from text to {Keyword(typeof(T))}.")
            : Missing.Value<T>());
    }

    private static string Keyword(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => "sbyte",
        TypeCode.Int16 => "short",
        TypeCode.Int32 => "int",
        _ => "long",
    };
}
