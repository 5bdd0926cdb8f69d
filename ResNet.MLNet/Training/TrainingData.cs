using Microsoft.ML;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Training;

/// <summary>Reads a view's labelled images, as far as memory goes, and its labels.</summary>
internal static class TrainingData
{
    /// <param name="view">The view with the feature and the label column.</param>
    /// <param name="feature">The feature column's name.</param>
    /// <param name="label">The classes.</param>
    /// <param name="wanted">The shape that the images must have, if known.</param>
    /// <param name="budget">How much memory they may take.</param>
    /// <param name="role">What the data is for, in errors.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static PixelCache Read(IDataView view, string feature, LabelColumn label, ImageShape? wanted, PixelBudget budget, string role, CancellationToken cancellation)
    {
        var pixels = PixelColumn.Of(view.Schema, feature, wanted);
        using var cursor = view.GetRowCursor([pixels.Column, Columns.Find(view.Schema, label.Name, "label")]);
        var readPixels = pixels.Reader(cursor);
        var readLabel = label.Reader(cursor);
        PixelCache? cache = null;
        var (missing, first) = (0, 0L);
        try
        {
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
                cache ??= new(readPixels.Shape!.Value, budget);
                cache.Add(image, (int)key - 1);
            }
            if (missing > 0) throw Unlabelled(missing, first, label, role);
            return cache ?? throw new InvalidDataException($"The {role} data has no rows.");
        }
        catch
        {
            cache?.Dispose();
            throw;
        }
    }

    /// <summary>Reads the labels alone, as class indices from 0.</summary>
    /// <param name="view">The view with the label column.</param>
    /// <param name="label">The classes.</param>
    /// <param name="role">What the data is for, in errors.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static IReadOnlyList<int> ReadLabels(IDataView view, LabelColumn label, string role, CancellationToken cancellation)
    {
        using var cursor = view.GetRowCursor([Columns.Find(view.Schema, label.Name, "label")]);
        var read = label.Reader(cursor);
        var labels = new List<int>();
        var (missing, first) = (0, 0L);
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            var key = read();
            if ((key == 0 || key > (ulong)label.Names.Count) && missing++ == 0) first = cursor.Position;
            labels.Add((int)key - 1);
        }
        if (missing > 0) throw Unlabelled(missing, first, label, role);
        return labels.Count > 0 ? labels : throw new InvalidDataException($"The {role} data has no rows.");
    }

    /// <summary>The shape of a view's images: the column's, or the first row's where only the rows tell.</summary>
    public static ImageShape Shape(IDataView view, string feature, ImageShape? wanted)
    {
        var pixels = PixelColumn.Of(view.Schema, feature, wanted);
        if (pixels.Shape is { } shape) return shape;
        using var cursor = view.GetRowCursor([pixels.Column]);
        var reader = pixels.Reader(cursor);
        if (!cursor.MoveNext())
            throw new InvalidDataException(
                $"Column '{feature}' does not say how large its images are, and there are no rows to look at. " +
                "Put ml.Transforms.PrepareImages or ResizeImages before, or give the shape of the images.");
        reader.Read();
        return reader.Shape!.Value;
    }

    /// <summary>Training needs two classes that occur, and pixels that are not normalised already where the network does that itself.</summary>
    public static void Check(PixelCache data, LabelColumn label, bool networkNormalizes)
    {
        CheckClasses(data.Labels, label);
        CheckRange(data.Range.Low, data.Range.High, networkNormalizes);
    }

    public static void CheckClasses(IReadOnlyList<int> labels, LabelColumn label)
    {
        if (labels.Distinct().Take(2).Count() < 2)
            throw new InvalidDataException(
                $"All {labels.Count} rows of the training data have the label '{label.Names[labels[0]]}'; " +
                "a classifier needs rows of two or more classes.");
    }

    public static void CheckRange(float low, float high, bool networkNormalizes)
    {
        if (networkNormalizes && low >= -1.5f && high <= 1.5f)
            throw new InvalidDataException(FormattableString.Invariant(
                $"The pixel values run from {low} to {high}, so they seem to be normalised already, ") +
                "but the network does that itself and takes 0 to 255. Leave ExtractPixels' offsetImage and scaleImage at their defaults " +
                "and remove other normalisation; or give a Specification with Normalization = null, which takes values as they are.");
    }

    private static InvalidDataException Unlabelled(int missing, long first, LabelColumn label, string role) => new(
        $"{missing} row{(missing == 1 ? " has" : "s have")} no label among the {label.Names.Count} classes " +
        $"in column '{label.Name}' of the {role} data, the first is row {first} (from 0). " +
        "Label them, or drop them with ml.Data.FilterRowsByMissingValues or a filter of your own.");
}
