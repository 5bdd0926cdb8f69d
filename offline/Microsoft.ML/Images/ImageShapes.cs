using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Checks that the image components share.</summary>
internal static class ImageShapes
{
    public static SchemaShape.Column FindImage(this SchemaShape shape, string name)
    {
        var column = shape.Find(name);
        if (column.ItemType is not ImageDataViewType || column.Kind != SchemaShape.Column.VectorKind.Scalar)
            throw Errors.WrongColumn("input", name, "Image", column.GetTypeString());
        return column;
    }

    public static ImageDataViewType CheckImage(DataViewSchema.Column column) =>
        column.Type as ImageDataViewType ?? throw Errors.WrongColumn("input", column.Name, "image", column.Type.ToString());
}
