namespace Microsoft.ML.Data;

/// <summary>The number of a key column's values; absent, as many as the column's data kind can hold.</summary>
public sealed class KeyCount
{
    public KeyCount() { }

    public KeyCount(ulong count) => Count = count;

    public ulong? Count;
}
