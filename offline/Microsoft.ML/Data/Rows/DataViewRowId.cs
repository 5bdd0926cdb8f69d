namespace Microsoft.ML.Data;

/// <summary>A 128-bit name of a row. Ids derived from others are mixed with MurmurHash3's constants, so that they rarely meet.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    private const ulong C1 = 0x87c37b91114253d5, C2 = 0x4cf5ad432745937f;

    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high) => (Low, High) = (low, high);

    public DataViewRowId Fork()
    {
        var next = Next();
        return new DataViewRowId(next.Low ^ ulong.RotateLeft(C1, 31) * C2, next.High);
    }

    public DataViewRowId Next() => Mix(Low, High);

    public DataViewRowId Combine(DataViewRowId other)
    {
        var forked = other.Fork();
        ulong low = Low ^ ulong.RotateLeft(forked.Low * C1, 31) * C2;
        low = (ulong.RotateLeft(low, 27) + High) * 5 + 0x52dce729;
        ulong high = High ^ ulong.RotateLeft(forked.High * C2, 33) * C1;
        high = (ulong.RotateLeft(high, 31) + low) * 5 + 0x38495ab5;
        return new DataViewRowId(low, high);
    }

    private static DataViewRowId Mix(ulong low, ulong high)
    {
        low = (ulong.RotateLeft(low, 27) + high) * 5 + 0x52dce729;
        high = (ulong.RotateLeft(high, 31) + low) * 5 + 0x38495ab5;
        return new DataViewRowId(low, high);
    }

    public int CompareTo(DataViewRowId other) => (High, Low).CompareTo((other.High, other.Low));

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";
}
