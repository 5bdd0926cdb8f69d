using System.Text;
using ResNet.Core;

namespace ResNet.MLNet;

/// <summary>
/// A training run on one page: curves, confusion matrix, figures of each class, most confused pairs, top losses with their
/// pictures, where the network looks (Grad-CAM), calibration, and the records of the data and the run. One HTML file that
/// holds everything: it asks for nothing from the network, runs no script, and follows the reader's light or dark theme.
/// </summary>
/// <remarks>Immutable. Making the page reads the picture files of <see cref="ImagePaths"/>; one that can't be read is shown as missing.</remarks>
public sealed record TrainingReport
{
    /// <summary>The page's heading. Default "Training report".</summary>
    public string Title { get; init; } = "Training report";

    /// <summary>What the network says of the validation images (or of other images held out).</summary>
    public required Predictions Predictions { get; init; }

    /// <summary>The training's epochs, for the curves. Default: none.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; init; } = [];

    /// <summary>The predictions' image files, in their order, for pictures. Empty (default): names and pictures are left out.</summary>
    public IReadOnlyList<string> ImagePaths { get; init; } = [];

    /// <summary>Where the network looks in some images. Default: none; <see cref="Heatmap.Of"/> makes them.</summary>
    public IReadOnlyList<Heatmap> Heatmaps { get; init; } = [];

    /// <summary>What was found in the data. null (default): that section is left out.</summary>
    public DataReport? Data { get; init; }

    /// <summary>What the run was made with. null (default): that section is left out.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>How many top losses are shown, at least 0. Default 24.</summary>
    public int TopLosses
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(TopLosses), value, $"TopLosses is {value}; it must be at least 0.");
    } = 24;

    /// <summary>The page.</summary>
    /// <exception cref="InvalidOperationException">There are image paths, but not one a prediction; or a heatmap's image has no prediction.</exception>
    public string ToHtml() => Reporting.Page.Of(this).Text;

    /// <summary>Writes the page, in UTF-8; a file of that name is replaced once the new one is complete.</summary>
    /// <param name="path">Where, usually <c>*.html</c>; its folder is made if need be.</param>
    /// <inheritdoc cref="ToHtml"/>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        var html = ToHtml();
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var partial = $"{full}.{Path.GetRandomFileName()}";
        try
        {
            File.WriteAllText(partial, html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(partial, full, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
