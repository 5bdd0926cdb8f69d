using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>How the values of one column are scaled, slot by slot.</summary>
internal abstract class ColumnScale
{
    public abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);

    public abstract void Write(BinaryWriter writer);

    public static ColumnScale Read(BinaryReader reader, DataViewType type) => type.ItemType() == NumberDataViewType.Single
        ? Read<float>(reader, type is VectorDataViewType)
        : Read<double>(reader, type is VectorDataViewType);

    private static ColumnScale Read<T>(BinaryReader reader, bool vector) where T : struct, IFloatingPointIeee754<T>
    {
        bool affine = reader.ReadBoolean();
        var first = ReadSlots();
        return affine ? new AffineScale<T>(vector, first, ReadSlots()) : new CdfScale<T>(vector, first, ReadSlots());

        T[] ReadSlots()
        {
            var slots = new T[reader.ReadInt32()];
            for (int i = 0; i < slots.Length; i++) slots[i] = T.CreateTruncating(reader.ReadDouble());
            return slots;
        }
    }
}

internal abstract class ColumnScale<T>(bool vector, T[] first, T[] second) : ColumnScale where T : struct, IFloatingPointIeee754<T>
{
    protected T[] First { get; } = first;

    protected T[] Second { get; } = second;

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column)
    {
        Check.That(column.Type.ValueCount() == First.Length);
        var reader = new SlotReader<T>(row, column);
        if (!vector) return (ValueGetter<T>)((ref T value) => value = Scale(reader.Read()[0], 0));
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            var source = reader.Read();
            var editor = VBufferEditor.Create(ref value, source.Length);
            for (int i = 0; i < source.Length; i++) editor.Values[i] = Scale(source[i], i);
            value = editor.Commit();
        });
    }

    public override NormalizingTransformer.NormalizerModelParametersBase Parameters => vector
        ? ParametersOf(ImmutableArray.Create(First), SecondSlots)
        : ParametersOf(First[0], Second[0]);

    public override void Write(BinaryWriter writer)
    {
        writer.Write(this is AffineScale<T>);
        foreach (var slots in new[] { First, Second })
        {
            writer.Write(slots.Length);
            foreach (var value in slots) writer.Write(double.CreateTruncating(value));
        }
    }

    /// <summary>The second parameter of each slot of a vector, as it is shown.</summary>
    protected virtual ImmutableArray<T> SecondSlots => [.. Second];

    protected abstract T Scale(T value, int slot);

    protected abstract NormalizingTransformer.NormalizerModelParametersBase ParametersOf<TData>(TData first, TData second);
}

/// <summary>(x - offset) · scale.</summary>
internal sealed class AffineScale<T>(bool vector, T[] scale, T[] offset) : ColumnScale<T>(vector, scale, offset) where T : struct, IFloatingPointIeee754<T>
{
    // A vector in which no slot is shifted has no offsets.
    protected override ImmutableArray<T> SecondSlots => Array.TrueForAll(Second, offset => offset == T.Zero) ? [] : base.SecondSlots;

    protected override T Scale(T value, int slot) => (value - Second[slot]) * First[slot];

    protected override NormalizingTransformer.NormalizerModelParametersBase ParametersOf<TData>(TData first, TData second) =>
        new NormalizingTransformer.AffineNormalizerModelParameters<TData>(first, second);
}

/// <summary>The normal distribution function, by Winitzki's approximation of erf.</summary>
internal sealed class CdfScale<T>(bool vector, T[] mean, T[] deviation) : ColumnScale<T>(vector, mean, deviation) where T : struct, IFloatingPointIeee754<T>
{
    private const double A = 0.147;

    protected override T Scale(T value, int slot)
    {
        if (Second[slot] <= T.Epsilon) return T.Zero;
        double x = double.CreateTruncating((value - First[slot]) / Second[slot]);
        if (double.IsNaN(x)) return T.NaN;
        double half = x * x / 2;
        double share = Math.Sqrt(1 - Math.Exp(-half * (4 / Math.PI + A * half) / (1 + A * half)));
        return T.CreateTruncating(0.5 + 0.5 * Math.Sign(x) * share);
    }

    protected override NormalizingTransformer.NormalizerModelParametersBase ParametersOf<TData>(TData first, TData second) =>
        new NormalizingTransformer.CdfNormalizerModelParameters<TData>(first, second, useLog: false);
}
