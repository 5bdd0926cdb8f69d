namespace ResNet.MLNet.Schema;

/// <summary>The names of the columns that a model reads and adds.</summary>
internal sealed record ModelColumns(string Feature, string Score, string PredictedLabel, string? Embedding = null, string? PredictedLabels = null)
{
    /// <summary>These names, where the new columns differ from each other and the embedding from the feature column.</summary>
    /// <exception cref="ArgumentException">Two are the same.</exception>
    public ModelColumns Checked()
    {
        var added = new[] { Score, PredictedLabel, Embedding, PredictedLabels }.OfType<string>().ToArray();
        return added.Distinct().Count() == added.Length && Embedding != Feature
            ? this
            : throw new ArgumentException(
                $"The new columns of score, predicted label and embedding ({string.Join(", ", added.Select(name => $"'{name}'"))}) must differ, the embedding's ('{Embedding ?? "none"}') from the " +
                $"feature column '{Feature}', too. Give them other names.");
    }
}
