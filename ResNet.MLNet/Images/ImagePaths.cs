using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Images;

/// <summary>Which file a row's image comes from, as far as a text column of the row tells; for errors.</summary>
internal static class ImagePaths
{
    /// <summary>Where paths may be. They are read only where something is wrong.</summary>
    public static IEnumerable<DataViewSchema.Column> Columns(DataViewSchema schema) =>
        schema.Where(column => !column.IsHidden && column.Type is TextDataViewType);

    /// <summary>The row's path as a part of a message, or nothing.</summary>
    public static string Named(DataViewRow row) => Of(row) is { } path ? $", '{path}'" : "";

    /// <summary>The first active text that names an image file; null: there is none.</summary>
    public static string? Of(DataViewRow row)
    {
        foreach (var column in Columns(row.Schema).Where(row.IsColumnActive))
        {
            ReadOnlyMemory<char> text = default;
            row.GetGetter<ReadOnlyMemory<char>>(column)(ref text);
            if (ImageFolder.IsImage(text.ToString())) return text.ToString();
        }
        return null;
    }
}
