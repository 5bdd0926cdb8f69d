using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows without a missing value (NaN, the missing key) in the given columns.</summary>
internal sealed class MissingFilterView : FilterView
{
    private readonly DataViewSchema.Column[] _columns;

    public MissingFilterView(IDataView source, string[] columns) : base(source)
    {
        _columns = Array.ConvertAll(columns, name =>
            Schema.GetColumnOrNull(name) ?? throw Errors.UserArg("Columns", $"Source column '{name}' not found"));
        for (int i = 0; i < columns.Length; i++)
        {
            Check.Param(Array.IndexOf(columns, columns[i]) == i, "Columns", $"Source column '{columns[i]}' specified multiple times");
            Check.Param(Missing.CanBe(_columns[i].Type.ItemType()), "Columns",
                $"Column '{columns[i]}' has type {_columns[i].Type} which does not support missing values, so we cannot filter on them");
        }
    }

    protected override IEnumerable<DataViewSchema.Column> TestColumns => _columns;

    protected override Func<bool> MakeTest(DataViewRow row)
    {
        var tests = Array.ConvertAll(_columns, column => column.Type is VectorDataViewType vector
            ? Generic.Invoke<Func<bool>>(InVector<int>, vector.ItemType.RawType, row, column)
            : Generic.Invoke<Func<bool>>(InScalar<int>, column.Type.RawType, row, column));
        return () => !Array.Exists(tests, missing => missing());
    }

    private static Func<bool> InScalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        var test = Missing.Test<T>(column.Type);
        T value = default;
        return () =>
        {
            get(ref value);
            return test(value);
        };
    }

    private static Func<bool> InVector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var test = Missing.Test<T>(column.Type.ItemType());
        VBuffer<T> value = default;
        return () =>
        {
            get(ref value);
            // A sparse vector's implicit values are defaults: the missing key for keys.
            if (!value.IsDense && test(default)) return true;
            foreach (var item in value.GetValues())
                if (test(item)) return true;
            return false;
        };
    }
}
