using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Images;

/// <summary>A column that images are read from: which shape they have and how their values lie in it.</summary>
/// <param name="Column">The column in its view's schema.</param>
/// <param name="Shape">The shape of its images; null for images of a size known only from the rows.</param>
/// <param name="Interleaved">Whether a vector holds height×width×channels; else channels×height×width.</param>
internal sealed record PixelColumn(DataViewSchema.Column Column, ImageShape? Shape, bool Interleaved)
{
    /// <param name="schema">The schema with the column.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="wanted">The shape that the images must have (for a vector without dimensions: that it is taken to have), if known.</param>
    public static PixelColumn Of(DataViewSchema schema, string name, ImageShape? wanted)
    {
        var column = Columns.Find(schema, name, "feature");
        var found = column.Type switch
        {
            ImageDataViewType { Height: > 0, Width: > 0 } image => new(column, new(3, image.Height, image.Width), false),
            ImageDataViewType => new(column, wanted is { } size ? size with { Channels = 3 } : null, false),
            VectorDataViewType vector when IsPixels(vector.ItemType) => OfVector(column, vector, wanted),
            var type => throw new ArgumentException(NotPixels(name, $"{type}")),
        };
        if (wanted is { } expected && found.Shape is { } actual && actual != expected)
            throw new ArgumentException(
                $"Column '{name}' ({column.Type}) holds images of {actual}, but {expected} (channels×height×width) is expected. " +
                "Resize with ml.Transforms.ResizeImages, or correct ImageShape.");
        return found;
    }

    /// <summary>The check that a column's shape allows before there are data: images, or vectors of pixels.</summary>
    public static void CheckKind(SchemaShape.Column column)
    {
        var isVector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
        if (column.ItemType is not ImageDataViewType && !(isVector && IsPixels(column.ItemType)))
            throw new ArgumentException(NotPixels(column.Name, $"{column.Kind} of {column.ItemType}"));
    }

    public static bool IsPixels(DataViewType type) => type.RawType == typeof(float) || type.RawType == typeof(byte);

    public static string NotPixels(string name, string type) =>
        $"The feature column '{name}' is {type}, but must hold images: " +
        "an image column (ml.Transforms.LoadImages, ResizeImages), or a vector of Single or Byte pixels 0..255 (ml.Transforms.ExtractPixels).";

    /// <summary>A cursor with this column and others, and with those that tell a file's name where something is wrong.</summary>
    /// <param name="view">The column's view.</param>
    /// <param name="rowByRow">Whether a row that cannot be read must leave the next ones readable.</param>
    /// <param name="others">What else is read.</param>
    public DataViewRowCursor Open(IDataView view, bool rowByRow, params IEnumerable<DataViewSchema.Column> others) =>
        view.GetRowCursor([Column, .. others, .. ImagePaths.Columns(view.Schema), .. rowByRow ? OneAtATime(view.Schema) : []]);

    /// <summary>A column that, when it is asked for, too, makes ML.NET read row by row. It computes vectors ahead on several threads, which
    /// end at the first row that fails; images it cannot keep until they are read.</summary>
    public static IEnumerable<DataViewSchema.Column> OneAtATime(DataViewSchema schema) =>
        schema.Where(column => column.Type is ImageDataViewType).Take(1);

    /// <summary>What <paramref name="work"/> gives. Where ML.NET's threads fell over a row, that is named: it is found by reading row by row.</summary>
    public T NamingTheRow<T>(IDataView view, CancellationToken cancellation, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (InvalidOperationException error) when (error.InnerException is not null)
        {
            using var cursor = Open(view, rowByRow: true);
            for (var reader = Reader(cursor); cursor.MoveNext(); reader.Read()) cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Reads the images of a row or cursor over the column's view.</summary>
    public PixelReader Reader(DataViewRow row) => Column.Type switch
    {
        ImageDataViewType => new ImageReader(row, this),
        VectorDataViewType vector when vector.ItemType.RawType == typeof(byte) => new VectorReader<byte>(row, this),
        _ => new VectorReader<float>(row, this),
    };

    /// <summary>ExtractPixels gives channels×height×width, or height×width×channels when interleaved; two dimensions are a grey image.</summary>
    private static PixelColumn OfVector(DataViewSchema.Column column, VectorDataViewType type, ImageShape? wanted) => type.Dimensions switch
    {
        [> 0 and var c, > 0 and var h, > 0 and var w] when ImageShape.IsChannels(c) => new(column, new(c, h, w), false),
        [> 0 and var h, > 0 and var w, > 0 and var c] when ImageShape.IsChannels(c) => new(column, new(c, h, w), true),
        [> 0 and var h, > 0 and var w] => new(column, new(1, h, w), false),
        [var size] when wanted is { } shape && (size == 0 || size == shape.Size) => new(column, shape, false),
        [var size] when wanted is { } shape => throw new ArgumentException(
            $"Column '{column.Name}' has {size} values, but ImageShape {shape} has {shape.Size}."),
        [var size] => throw new ArgumentException(
            $"Column '{column.Name}' is a flat vector ({(size == 0 ? "of unknown size" : $"{size} values")}), " +
            "which does not tell height from width. Set ImageShape to its channels, height and width " +
            "(the values are then read channel by channel), or use ExtractPixels, which gives the dimensions."),
        _ => throw new ArgumentException(
            $"Column '{column.Name}' ({type}) is not an image: " +
            "its dimensions should be channels×height×width or height×width×channels, with 1 or 3 channels."),
    };
}
