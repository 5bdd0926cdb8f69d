using Microsoft.ML;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Training;

/// <summary>Reads a view's labelled images into memory.</summary>
internal static class TrainingData
{
    /// <param name="view">The view with the feature and the label column.</param>
    /// <param name="feature">The feature column's name.</param>
    /// <param name="label">The classes.</param>
    /// <param name="wanted">The shape that the images must have, if known.</param>
    /// <param name="role">What the data is for, in errors.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static PixelCache Read(IDataView view, string feature, LabelColumn label, ImageShape? wanted, string role, CancellationToken cancellation)
    {
        var pixels = PixelColumn.Of(view.Schema, feature, wanted);
        using var cursor = view.GetRowCursor([pixels.Column, Columns.Find(view.Schema, label.Name, "label")]);
        var readPixels = pixels.Reader(cursor);
        var readLabel = label.Reader(cursor);
        PixelCache? cache = null;
        var (missing, first) = (0, 0L);
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            var key = readLabel();
            if (key == 0 || key > (ulong)label.Names.Count)
            {
                if (missing++ == 0) first = cursor.Position;
                continue;
            }
            var image = readPixels.Read();
            cache ??= new(readPixels.Shape!.Value);
            cache.Add(image, (int)key - 1);
        }
        if (missing > 0)
            throw new InvalidDataException(
                $"{missing} row{(missing == 1 ? " has" : "s have")} no label among the {label.Names.Count} classes " +
                $"in column '{label.Name}' of the {role} data, the first is row {first} (from 0). " +
                $"Label them, or drop them with ml.Data.FilterRowsByMissingValues or a filter of your own.");
        return cache ?? throw new InvalidDataException($"The {role} data has no rows.");
    }

    /// <summary>Training needs two classes that occur, and pixels that are not normalised already where the network does that itself.</summary>
    public static void Check(PixelCache data, LabelColumn label, bool networkNormalizes)
    {
        if (data.Labels.Distinct().Take(2).Count() < 2)
            throw new InvalidDataException(
                $"All {data.Labels.Count} rows of the training data have the label '{label.Names[data.Labels[0]]}'; " +
                "a classifier needs rows of two or more classes.");
        if (networkNormalizes && data.Range is { Low: >= -1.5f, High: <= 1.5f } range)
            throw new InvalidDataException(FormattableString.Invariant(
                $"The pixel values run from {range.Low} to {range.High}, so they seem to be normalised already, ") +
                "but the network does that itself and takes 0 to 255. Leave ExtractPixels' offsetImage and scaleImage at their defaults " +
                "and remove other normalisation; or give a Specification with Normalization = null, which takes values as they are.");
    }
}
