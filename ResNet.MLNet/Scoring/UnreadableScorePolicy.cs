namespace ResNet.MLNet;

/// <summary>What a model says of a row whose image cannot be read.</summary>
public enum UnreadableScorePolicy
{
    /// <summary>An error that names the row.</summary>
    Throw,

    /// <summary>Scores of NaN, and a missing label. <c>ml.Data.FilterRowsByMissingValues(scored, "Score")</c> leaves such rows out.</summary>
    NaN,
}
