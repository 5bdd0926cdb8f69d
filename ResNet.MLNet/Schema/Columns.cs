using Microsoft.ML;

namespace ResNet.MLNet.Schema;

/// <summary>Finds a column by name, or says which one is missing and which there are.</summary>
internal static class Columns
{
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw Missing(name, role, schema.Select(column => column.Name));

    public static ArgumentException Missing(string name, string role, IEnumerable<string> names)
    {
        var known = string.Join(", ", names.Distinct().Select(column => $"'{column}'"));
        return new ArgumentOutOfRangeException("schema", name, $"The data has no {role} column '{name}'. Its columns: {known}.");
    }
}
