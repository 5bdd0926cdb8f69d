using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Which columns of a schema a cursor was asked for, one flag a column.</summary>
internal static class ActiveColumns
{
    public static bool[] Of(DataViewSchema schema, IEnumerable<DataViewSchema.Column> needed)
    {
        var active = new bool[schema.Count];
        foreach (var column in Check.NotNull(needed, "columnsNeeded"))
        {
            CheckOwn(schema, column);
            active[column.Index] = true;
        }
        return active;
    }

    /// <summary>Throws for a column of another schema.</summary>
    public static void CheckOwn(DataViewSchema schema, DataViewSchema.Column column)
    {
        bool own = column.Index < schema.Count && column.Name == schema[column.Index].Name && column.Type.Equals(schema[column.Index].Type);
        Check.That(own, $"The requested column: {column} is not part of the sourceSchema");
    }

    public static bool IsActive(bool[] active, DataViewSchema.Column column)
    {
        Check.That(column.Index < active.Length, $"Column index must be between 0 and {active.Length}");
        return active[column.Index];
    }

    public static void CheckActive(bool[] active, DataViewSchema.Column column) =>
        Check.Param(IsActive(active, column), nameof(column), "requested column not active");
}
