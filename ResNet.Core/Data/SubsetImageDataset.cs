namespace ResNet.Core;

/// <summary>A view of some images of another dataset, in a given order; nothing is copied. As thread-safe as its source.</summary>
public sealed class SubsetImageDataset : IImageDataset
{
    private readonly IImageDataset source;
    private readonly int[] indices;

    /// <param name="source">Where the images are.</param>
    /// <param name="indices">The images of this view, as indices into <paramref name="source"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the source.</exception>
    public SubsetImageDataset(IImageDataset source, IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(indices);
        foreach (var index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, source.Count, nameof(indices));
        }

        this.source = source;
        this.indices = [.. indices];
    }

    /// <summary>The images of this view, as indices into its source.</summary>
    public IReadOnlyList<int> Indices => indices;

    /// <inheritdoc/>
    public int Count => indices.Length;

    /// <inheritdoc/>
    public int Channels => source.Channels;

    /// <inheritdoc/>
    public int Height => source.Height;

    /// <inheritdoc/>
    public int Width => source.Width;

    /// <inheritdoc/>
    public int Classes => source.Classes;

    /// <inheritdoc/>
    public ImageLabels Labels => source.Labels.Select(indices);

    /// <inheritdoc/>
    public ImageBatch GetBatch(ReadOnlySpan<int> indices)
    {
        var chosen = new int[indices.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i] = this.indices[indices[i]];
        }

        return source.GetBatch(chosen);
    }
}
