namespace ResNet.MLNet.Schema;

/// <summary>The names of the columns that a model reads and adds.</summary>
internal sealed record ModelColumns(string Feature, string Score, string PredictedLabel, string? Embedding = null)
{
    /// <summary>These names, where the new columns differ from each other and the embedding from the feature column.</summary>
    /// <exception cref="ArgumentException">Two are the same.</exception>
    public ModelColumns Checked() => Score != PredictedLabel && Embedding != Score && Embedding != PredictedLabel && Embedding != Feature
        ? this
        : throw new ArgumentException(
            $"The columns of score ('{Score}'), predicted label ('{PredictedLabel}') and embedding ('{Embedding ?? "none"}') must differ, the last one from the " +
            $"feature column '{Feature}', too. Give them other names.");
}
