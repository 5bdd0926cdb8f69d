using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Scoring;

/// <summary>The values of one column for the rows of a batch, kept while the source cursor is already further on.</summary>
internal abstract class BufferedColumn
{
    /// <summary>Takes the source's current value as that of row <paramref name="slot"/> of the batch.</summary>
    public abstract void Fill(int slot);

    /// <summary>The getter (a <see cref="ValueGetter{TValue}"/>) that gives the value of the batch's current row.</summary>
    public abstract Delegate Getter(Func<int> slot);
}

internal sealed class BufferedScalar<T>(ValueGetter<T> source, int capacity) : BufferedColumn
{
    private readonly T[] _values = new T[capacity];

    public override void Fill(int slot) => source(ref _values[slot]);

    public override Delegate Getter(Func<int> slot) => (ValueGetter<T>)((ref T value) => value = _values[slot()]);
}

internal sealed class BufferedVector<T>(ValueGetter<VBuffer<T>> source, int capacity) : BufferedColumn
{
    private readonly VBuffer<T>[] _values = new VBuffer<T>[capacity];

    public override void Fill(int slot) => source(ref _values[slot]);

    public override Delegate Getter(Func<int> slot) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[slot()].CopyTo(ref value));
}
