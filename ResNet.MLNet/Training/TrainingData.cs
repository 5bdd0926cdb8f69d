using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Training;

/// <summary>Reads a view's labelled images, as far as memory goes, and its labels.</summary>
internal static class TrainingData
{
    /// <summary>What a view is for.</summary>
    public const string Training = "training", Validation = "validation";

    /// <param name="view">The view with the feature and the label column.</param>
    /// <param name="options">Which columns, and how.</param>
    /// <param name="label">The classes.</param>
    /// <param name="wanted">The shape that the images must have, if known.</param>
    /// <param name="budget">How much memory they may take.</param>
    /// <param name="unreadable">What the view is for, and what becomes of rows without a readable image.</param>
    /// <param name="log">Hears what has been read.</param>
    public static PixelCache Read(
        IDataView view, ResNetTrainerOptions options, LabelColumn label, ImageShape? wanted, PixelBudget budget, UnreadableRows unreadable, TrainingLog log)
    {
        var pixels = PixelColumn.Of(view.Schema, options.FeatureColumnName, wanted);
        var (labels, read) = (new List<ClassShare[]>(), (PixelCache?)null);
        try
        {
            return pixels.NamingTheRow(view, options.CancellationToken, ReadAll);
        }
        catch
        {
            read?.Dispose();
            throw;
        }

        PixelCache ReadAll()
        {
            using var cursor = pixels.Open(view, unreadable.Skips, Columns.Find(view.Schema, label.Name, "label"));
            var (readPixels, readLabel) = (pixels.Reader(cursor), label.Reader(cursor));
            var (missing, first) = (0, 0L);
            while (cursor.MoveNext())
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                if (readLabel() is not { } classes)
                {
                    if (missing++ == 0) first = cursor.Position;
                    continue;
                }
                labels.Add(classes);
                if (readPixels.TryRead(out var problem)) (read ??= new(readPixels.Shape!.Value, budget)).Add(readPixels.Pixels, classes);
                else unreadable.Add(cursor.Position, problem);
            }
            if (missing > 0) throw Unlabelled(missing, first, label, unreadable.Role);
            if (labels.Count == 0) throw NoRows(unreadable.Role);
            unreadable.Report(labels, read?.Labels ?? [], label, log);
            log.Info($"{read!.Labels.Count} {unreadable.Role} images: {read.InMemory / 1e6:0.0} MB in memory, {read.OnDisk / 1e6:0.0} MB on disk{(read.OnDisk > 0 ? $" in '{budget.Folder}'" : "")}");
            return read;
        }
    }

    /// <summary>Reads the labels alone.</summary>
    /// <param name="view">The view with the label column.</param>
    /// <param name="label">The classes.</param>
    /// <param name="role">What the data is for, in errors.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static IReadOnlyList<ClassShare[]> ReadLabels(IDataView view, LabelColumn label, string role, CancellationToken cancellation)
    {
        using var cursor = view.GetRowCursor([Columns.Find(view.Schema, label.Name, "label")]);
        var read = label.Reader(cursor);
        var labels = new List<ClassShare[]>();
        var (missing, first) = (0, 0L);
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            if (read() is { } classes) labels.Add(classes);
            else if (missing++ == 0) first = cursor.Position;
        }
        if (missing > 0) throw Unlabelled(missing, first, label, role);
        return labels.Count > 0 ? labels : throw NoRows(role);
    }

    /// <summary>The shape of a view's images: the column's, or the first image's where only the rows tell.</summary>
    public static ImageShape Shape(IDataView view, string feature, ImageShape? wanted, bool skipUnreadable)
    {
        var pixels = PixelColumn.Of(view.Schema, feature, wanted);
        if (pixels.Shape is { } shape) return shape;
        using var cursor = pixels.Open(view, skipUnreadable);
        var reader = pixels.Reader(cursor);
        while (cursor.MoveNext())
        {
            if (reader.TryRead(out var problem)) return reader.Shape!.Value;
            if (!skipUnreadable) throw problem;
        }
        throw new InvalidDataException(
            $"Column '{feature}' does not say how large its images are, and there are no rows with an image to look at. " +
            "Put ml.Transforms.PrepareImages or ResizeImages before, or give the shape of the images.");
    }

    /// <summary>Pixels are not to be normalised already where the network does that itself.</summary>
    public static void CheckRange(float low, float high, bool networkNormalizes)
    {
        if (networkNormalizes && low >= -1.5f && high <= 1.5f)
            throw new InvalidDataException(FormattableString.Invariant(
                $"The pixel values run from {low} to {high}, so they seem to be normalised already, ") +
                "but the network does that itself and takes 0 to 255. Leave ExtractPixels' offsetImage and scaleImage at their defaults " +
                "and remove other normalisation; or give a Specification with Normalization = null, which takes values as they are.");
    }

    private static InvalidDataException NoRows(string role) => new($"The {role} data has no rows.");

    private static InvalidDataException Unlabelled(int missing, long first, LabelColumn label, string role) => new(
        $"{missing} row{(missing == 1 ? " has" : "s have")} no label among the {label.Names.Count} classes " +
        $"in column '{label.Name}' of the {role} data, the first is row {first} (from 0). " +
        "Label them, or drop them with ml.Data.FilterRowsByMissingValues or a filter of your own.");
}
