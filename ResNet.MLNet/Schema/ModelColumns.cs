namespace ResNet.MLNet.Schema;

/// <summary>The names of the columns that a model reads and adds.</summary>
internal sealed record ModelColumns(string Feature, string Score, string PredictedLabel);
