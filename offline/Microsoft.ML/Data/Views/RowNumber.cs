using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A number that each row has: a column's value, a key's place among all keys in [0, 1], or a random one.</summary>
internal abstract class RowNumber
{
    public virtual IEnumerable<DataViewSchema.Column> Columns => [];

    /// <summary>Whether the number depends on the row alone.</summary>
    public virtual bool AnyOrder => true;

    /// <summary>A function that yields the number of the current row, called once a row. NaN: it has none.</summary>
    public abstract Func<double> Bind(DataViewRow row);

    public static RowNumber Random(int seed) => new RandomNumber(seed);

    /// <summary>The number in a column of floats or keys.</summary>
    public static RowNumber Of(DataViewSchema.Column column) => column.Type switch
    {
        KeyDataViewType key => new KeyFraction(column, key),
        NumberDataViewType => new ColumnNumber(column),
        _ => throw Errors.UserArg("Column", $"Column '{column.Name}' does not have compatible type"),
    };

    /// <summary>As <paramref name="number"/>, moved and scaled to [0, 1] between a column's smallest and largest value.</summary>
    public static RowNumber Scaled(RowNumber number, double min, double max) => new ScaledNumber(number, min, max);

    /// <summary>A column's value hashed to [0, 1]: equal values have equal numbers.</summary>
    public static RowNumber Hashed(DataViewSchema.Column column, uint seed) => new HashedNumber(column, seed);

    private sealed class RandomNumber(int seed) : RowNumber
    {
        public override bool AnyOrder => false;

        public override Func<double> Bind(DataViewRow row) => new Random(seed).NextDouble;
    }

    private sealed class ColumnNumber(DataViewSchema.Column column) : RowNumber
    {
        public override IEnumerable<DataViewSchema.Column> Columns => [column];

        public override Func<double> Bind(DataViewRow row)
        {
            if (column.Type == NumberDataViewType.Single)
            {
                var single = row.GetGetter<float>(column);
                float f = 0;
                return () => { single(ref f); return f; };
            }
            Check.Param(column.Type == NumberDataViewType.Double, "Column", $"Column '{column.Name}' does not have compatible type");
            var real = row.GetGetter<double>(column);
            double d = 0;
            return () => { real(ref d); return d; };
        }
    }

    private sealed class KeyFraction(DataViewSchema.Column column, KeyDataViewType type) : RowNumber
    {
        public override IEnumerable<DataViewSchema.Column> Columns => [column];

        public override Func<double> Bind(DataViewRow row)
        {
            var get = KeyGetter.Of(row, column);
            return () => get() is var key && key > 0 && key <= type.Count ? (key - 0.5) / type.Count : double.NaN;
        }
    }

    private sealed class ScaledNumber(RowNumber number, double min, double max) : RowNumber
    {
        public override IEnumerable<DataViewSchema.Column> Columns => number.Columns;

        public override Func<double> Bind(DataViewRow row)
        {
            var get = number.Bind(row);
            double scale = max > min ? 1 / (max - min) : 0;
            return () => (get() - min) * scale;
        }
    }

    private sealed class HashedNumber(DataViewSchema.Column column, uint seed) : RowNumber
    {
        private const int Bits = 30;

        public override IEnumerable<DataViewSchema.Column> Columns => [column];

        public override Func<double> Bind(DataViewRow row)
        {
            var hash = ValueHash.OfColumn(row, column, seed, Bits);
            return () => hash() is var key && key > 0 ? (key - 0.5) / (1u << Bits) : double.NaN;
        }
    }
}
