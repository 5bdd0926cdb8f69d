using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Saving;

/// <summary>A network with all that makes it a model of ML.NET.</summary>
/// <param name="Columns">The columns that it reads and adds.</param>
/// <param name="Label">Its classes.</param>
/// <param name="Shape">The images' shape.</param>
/// <param name="Model">The network itself; the transformer that is made of this disposes it.</param>
/// <param name="Result">How the training went; null where it was not trained here.</param>
internal sealed record TrainedNetwork(SavedColumns Columns, LabelColumn Label, ImageShape Shape, TrainedModel Model, TrainingResult? Result)
{
    /// <summary>Views of each image that its values are averaged over, here and when it is saved.</summary>
    public TestTimeAugmentation TestTimeAugmentation { get; init; }

    /// <summary>Rows that the training left out.</summary>
    public IReadOnlyList<SkippedRow> Skipped { get; init; } = [];

    /// <summary>From which probability on an image has a class, one for each, where it may have several.</summary>
    public IReadOnlyList<float>? Thresholds { get; init; }
}
