using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Images;

/// <summary>What is prepared, and how.</summary>
internal sealed record PreparedColumn(string Output, string Input, Preprocessing Preprocessing, PrepareImagesMode Mode)
{
    /// <summary>The new column's type.</summary>
    public VectorDataViewType Type => new(NumberDataViewType.Single, 3, Preprocessing.Crop, Preprocessing.Crop);

    /// <summary>The image column.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or it holds something else.</exception>
    public DataViewSchema.Column Find(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var column = Columns.Find(schema, Input, "image");
        if (column.Type is not ImageDataViewType type) throw NoImage($"{column.Type}");

        // Custom mappings read image columns only of sizes that ML.NET has been told of.
        if (type is { Height: > 0, Width: > 0 }) new ImageTypeAttribute(type.Height, type.Width).Register();
        return column;
    }

    public ArgumentException NoImage(string type) =>
        new($"Column '{Input}' is {type}, but PrepareImages needs images. Load them with ml.Transforms.LoadImages before.");
}
