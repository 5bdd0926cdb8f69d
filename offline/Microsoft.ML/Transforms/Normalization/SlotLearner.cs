using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Reads a column row by row and learns how to scale it.</summary>
internal abstract class SlotLearner
{
    /// <summary>Takes in the value of the cursor's row.</summary>
    public abstract void Add();

    public abstract ColumnScale Finish(NormalizerSettings settings);

    public static SlotLearner Make(DataViewRow row, DataViewSchema.Column column)
    {
        var item = column.Type.ItemType();
        bool known = column.Type.ValueCount() > 0;
        if (known && item == NumberDataViewType.Single) return new SlotLearner<float>(row, column);
        if (known && item == NumberDataViewType.Double) return new SlotLearner<double>(row, column);
        throw Errors.Param("srcType", $"Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: {column.Type}.");
    }
}

internal sealed class SlotLearner<T>(DataViewRow row, DataViewSchema.Column column) : SlotLearner where T : struct, IFloatingPointIeee754<T>
{
    private readonly SlotReader<T> _reader = new(row, column);
    private readonly SlotStatistics[] _slots = [.. Enumerable.Range(0, column.Type.ValueCount()).Select(_ => new SlotStatistics())];

    public override void Add()
    {
        var values = _reader.Read();
        for (int i = 0; i < values.Length; i++) _slots[i].Add(double.CreateTruncating(values[i]));
    }

    public override ColumnScale Finish(NormalizerSettings settings)
    {
        bool vector = column.Type is VectorDataViewType;
        if (settings.Scaling == Scaling.Cdf)
            return new CdfScale<T>(vector, Slots(slot => slot.Mean), Slots(slot => slot.Deviation));
        var affine = Array.ConvertAll(_slots, slot => Affine(slot, settings));
        return new AffineScale<T>(vector, Array.ConvertAll(affine, a => a.Scale), Array.ConvertAll(affine, a => a.Offset));
    }

    private T[] Slots(Func<SlotStatistics, double> value) => Array.ConvertAll(_slots, slot => T.CreateTruncating(value(slot)));

    // A slot whose values do not differ says nothing and becomes zero.
    private static (T Scale, T Offset) Affine(SlotStatistics slot, NormalizerSettings settings)
    {
        if (!(slot.Max > slot.Min)) return default;
        T min = T.CreateTruncating(slot.Min), max = T.CreateTruncating(slot.Max);
        var (spread, middle) = (settings.Scaling, settings.FixZero) switch
        {
            (Scaling.Range, true) => (T.Max(T.Abs(max), T.Abs(min)), T.Zero),
            (Scaling.Range, false) => (max - min, min),
            (_, true) => (T.CreateTruncating(Math.Sqrt(slot.Variance + slot.Mean * slot.Mean)), T.Zero),
            (_, false) => (T.CreateTruncating(slot.Deviation), T.CreateTruncating(slot.Mean)),
        };
        var scale = T.One / spread;
        return (scale, scale == T.Zero ? T.Zero : middle);
    }
}
