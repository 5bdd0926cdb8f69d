using System.Text;
using ResNet.Core;
using ResNet.MLNet.Reporting;

namespace ResNet.MLNet;

/// <summary>
/// What the pages of all kinds of models have in common: title, curves, pictures, the records of the data and the run. A page is one HTML
/// file that holds everything: it asks for nothing from the network, runs no script, and follows the reader's light or dark theme.
/// </summary>
/// <remarks>Immutable. Making the page reads the picture files of <see cref="ImagePaths"/>; one that can't be read is shown as missing.</remarks>
public abstract record HtmlReport
{
    private protected HtmlReport()
    {
    }

    /// <summary>The page's heading. Default "Training report".</summary>
    public string Title { get; init; } = "Training report";

    /// <summary>The training's epochs, for the curves. Default: none.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; init; } = [];

    /// <summary>The predictions' image files, in their order, for pictures. Empty (default): names and pictures are left out.</summary>
    public IReadOnlyList<string> ImagePaths { get; init; } = [];

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
    /// <exception cref="InvalidOperationException">There are image paths, but not one a prediction; thresholds, but not one a class; or a heatmap's image has no prediction.</exception>
    public string ToHtml() => Page.Of(this).Text;

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

    /// <summary>How many images are scored.</summary>
    internal abstract int Count { get; }

    /// <summary>How many classes there are.</summary>
    internal abstract int Classes { get; }

    /// <summary>The figures that a reader looks for first.</summary>
    internal abstract Html Figures();

    /// <summary>The parts in their order; those without content are left out.</summary>
    internal abstract IEnumerable<(string Id, string Name, Html Content)> Sections();

    /// <summary>What is given does not contradict itself.</summary>
    internal virtual void Check()
    {
        if (ImagePaths.Count != 0 && ImagePaths.Count != Count)
            throw new InvalidOperationException($"{nameof(ImagePaths)} must name the file of each prediction, in their order, but there are {Count} predictions and {ImagePaths.Count} paths.");
    }
}
