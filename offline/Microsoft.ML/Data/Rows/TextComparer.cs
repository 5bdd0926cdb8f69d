namespace Microsoft.ML.Data;

/// <summary>Text compared by its characters: the default comparers look at where a text lies in memory.</summary>
internal sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
{
    public static readonly TextComparer Ordinal = new();

    public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode(ReadOnlyMemory<char> text) => string.GetHashCode(text.Span);

    public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.CompareTo(y.Span, StringComparison.Ordinal);

    /// <summary>The equality of a column's values of type <typeparamref name="T"/>.</summary>
    public static IEqualityComparer<T> EqualityOf<T>() => Ordinal as IEqualityComparer<T> ?? EqualityComparer<T>.Default;

    /// <summary>The order of a column's values of type <typeparamref name="T"/>.</summary>
    public static IComparer<T> OrderOf<T>() => Ordinal as IComparer<T> ?? Comparer<T>.Default;
}
