using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public static class VBufferEditor
{
    /// <summary>An editor over a buffer's own arrays, its values and length kept.</summary>
    public static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination) =>
        Create(ref destination, destination.Length, destination.Storage.Count, keepOldOnResize: true);

    /// <summary>An editor for a vector of a new length, in the arrays of <paramref name="destination"/> where they are large enough.</summary>
    public static VBufferEditor<T> Create<T>(scoped ref VBuffer<T> destination, int newLogicalLength, int? valuesCount = null,
        int? maxValuesCapacity = null, bool keepOldOnResize = false, bool requireIndicesOnDense = false)
    {
        Check.Param(newLogicalLength >= 0, nameof(newLogicalLength), "Must be non-negative.");
        Check.Param(valuesCount is null or >= 0, nameof(valuesCount), "If specified, must be non-negative.");
        Check.Param(valuesCount is null || valuesCount <= newLogicalLength, nameof(valuesCount), "If specified, must be no greater than " + nameof(newLogicalLength));
        int count = valuesCount ?? newLogicalLength;
        int capacity = maxValuesCapacity ?? Array.MaxLength;
        var (values, indices, _) = destination.Storage;
        bool newValues = Resize(ref values, count, capacity, keepOldOnResize);
        bool newIndices = (count < newLogicalLength || requireIndicesOnDense) && Resize(ref indices, count, capacity, keepOldOnResize);
        return new VBufferEditor<T>(newLogicalLength, count, values, indices, requireIndicesOnDense, newValues, newIndices);
    }

    private static bool Resize<T>(ref T[] array, int count, int capacity, bool keep)
    {
        int size = array?.Length ?? 0;
        if (size >= count && array != null) return false;
        if (count == 0)
        {
            array ??= [];
            return false;
        }
        // Exact where nothing is kept: rows of one column mostly have one length. Doubled where values gather.
        int wanted = keep ? Math.Min(capacity, Math.Max(count, 2 * size)) : count;
        if (keep && size > 0) Array.Resize(ref array, wanted);
        else array = new T[wanted];
        return true;
    }
}

public readonly ref struct VBufferEditor<T>
{
    private readonly int _length;
    private readonly T[] _values;
    private readonly int[] _indices;

    internal VBufferEditor(int length, int count, T[] values, int[] indices, bool indicesOnDense, bool newValues, bool newIndices)
    {
        (_length, _values, _indices) = (length, values, indices);
        (CreatedNewValues, CreatedNewIndices) = (newValues, newIndices);
        Values = values.AsSpan(0, count);
        Indices = count < length || indicesOnDense ? indices.AsSpan(0, count) : default;
    }

    public readonly Span<T> Values;

    public readonly Span<int> Indices;

    public bool CreatedNewValues { get; }

    public bool CreatedNewIndices { get; }

    public VBuffer<T> Commit() => new(_length, Values.Length, _values, _indices);

    public VBuffer<T> CommitTruncated(int physicalValuesCount)
    {
        Check.Param(physicalValuesCount <= Values.Length, nameof(physicalValuesCount),
            "Updating physicalValuesCount during CommitTruncated cannot be greater than the original physicalValuesCount value used in Create.");
        return new VBuffer<T>(_length, physicalValuesCount, _values, _indices);
    }
}
