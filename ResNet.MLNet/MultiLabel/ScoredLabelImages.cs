using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet;

/// <summary>A scored view of images that may have several classes, for a report of it. Immutable.</summary>
/// <param name="Predictions">The probabilities and the true classes, in the view's order.</param>
/// <param name="ImagePaths">The images' files in the same order; empty where no column was given.</param>
public sealed record ScoredLabelImages(MultiLabelPredictions Predictions, IReadOnlyList<string> ImagePaths)
{
    /// <summary>Reads a view once, from its first row to its last.</summary>
    /// <param name="scored">What a multi-label model's <c>Transform</c> gives.</param>
    /// <param name="labelColumnName">The true classes: a vector with a slot for each; a value above 0.5 counts as present. Default "Label".</param>
    /// <param name="scoreColumnName">The probabilities. Default "Score".</param>
    /// <param name="predictedLabelColumnName">Which classes the model says: a vector of Boolean. Default "PredictedLabel".</param>
    /// <param name="imagePathColumnName">A text column with the images' files. null (default): <see cref="ImagePaths"/> stays empty.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">The label's classes are others than the scores', or in another order.</exception>
    /// <exception cref="InvalidDataException">There is no row, a row has no label, or scores that are no probabilities.</exception>
    public static ScoredLabelImages Read(
        IDataView scored, string labelColumnName = "Label", string scoreColumnName = "Score", string predictedLabelColumnName = "PredictedLabel",
        string? imagePathColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(scored);
        var label = IndicatorLabelColumn.Of(scored.Schema, labelColumnName);
        var score = Vector(scored.Schema, scoreColumnName, "score", NumberDataViewType.Single, label.Names.Count);
        var predicted = Vector(scored.Schema, predictedLabelColumnName, "predicted label", BooleanDataViewType.Instance, label.Names.Count);
        label.CheckSameNames(score);
        var path = imagePathColumnName is null ? default(DataViewSchema.Column?) : Columns.Find(scored.Schema, imagePathColumnName, "image path");

        var (probabilities, targets, said, paths) = (new List<float>(), new List<bool>(), new List<bool>(), new List<string>());
        DataViewSchema.Column[] active = [score, predicted, scored.Schema[labelColumnName], .. path is null ? Array.Empty<DataViewSchema.Column>() : [path.Value]];
        using var cursor = scored.GetRowCursor(active);
        var (scoreOf, predictedOf, labelOf) = (cursor.GetGetter<VBuffer<float>>(score), cursor.GetGetter<VBuffer<bool>>(predicted), label.Reader(cursor));
        var pathOf = path is null ? null : cursor.GetGetter<ReadOnlyMemory<char>>(path.Value);
        VBuffer<float> scores = default;
        VBuffer<bool> says = default;
        ReadOnlyMemory<char> file = default;
        while (cursor.MoveNext())
        {
            if (labelOf() is not { } classes)
                throw new InvalidDataException($"Row {cursor.Position} of the scored data has no label in column '{labelColumnName}'. Filter such rows out before evaluating.");
            scoreOf(ref scores);
            predictedOf(ref says);
            probabilities.AddRange(scores.DenseValues());
            said.AddRange(says.DenseValues());
            var has = new bool[label.Names.Count];
            foreach (var (number, share) in classes) has[number] = share > 0.5f;
            targets.AddRange(has);
            if (pathOf is null) continue;
            pathOf(ref file);
            paths.Add(file.ToString());
        }
        if (probabilities.Count == 0) throw new InvalidDataException("The scored data has no rows.");
        try
        {
            return new(new([.. probabilities], [.. targets], [.. said], label.Names), paths);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The scores in column '{scoreColumnName}' can't be evaluated: {e.Message}", e);
        }
    }

    private static DataViewSchema.Column Vector(DataViewSchema schema, string name, string role, DataViewType item, int size)
    {
        var column = Columns.Find(schema, name, role);
        return column.Type is VectorDataViewType vector && vector.ItemType.Equals(item) && vector.Size == size
            ? column
            : throw new ArgumentException($"The {role} column '{name}' is {column.Type}, but must be a vector of {item} with the label's {size} classes, as a multi-label model gives it.");
    }
}
