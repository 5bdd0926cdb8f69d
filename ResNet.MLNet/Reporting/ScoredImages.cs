using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet;

/// <summary>A scored view's labels and probabilities, for a <see cref="TrainingReport"/>. Immutable.</summary>
/// <param name="Predictions">The probabilities and the true classes, in the view's order.</param>
/// <param name="ImagePaths">The images' files in the same order; empty where no column was given.</param>
public sealed record ScoredImages(Predictions Predictions, IReadOnlyList<string> ImagePaths)
{
    /// <summary>Reads a view once, from its first row to its last.</summary>
    /// <param name="scored">What a multiclass model's <c>Transform</c> gives.</param>
    /// <param name="labelColumnName">The true classes: a key with values. Default "Label".</param>
    /// <param name="scoreColumnName">The probabilities: a vector with the classes' names as SlotNames. Default "Score".</param>
    /// <param name="imagePathColumnName">A text column with the images' files. null (default): <see cref="ImagePaths"/> stays empty.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidDataException">A row has no label, one that the scores have no slot for, or scores that are no probabilities.</exception>
    public static ScoredImages Read(IDataView scored, string labelColumnName = "Label", string scoreColumnName = "Score", string? imagePathColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(scored);
        var score = Columns.Find(scored.Schema, scoreColumnName, "score");
        var label = KeyLabelColumn.Of(scored.Schema, labelColumnName);
        var path = imagePathColumnName is null ? default(DataViewSchema.Column?) : Columns.Find(scored.Schema, imagePathColumnName, "image path");
        var names = SlotNames(score);
        // By name: the label's keys may be in another order than the scores.
        var slots = label.Names.Select(name => Array.IndexOf(names, name)).ToArray();

        var (probabilities, labels, paths) = (new List<float>(), new List<int>(), new List<string>());
        DataViewSchema.Column[] active = [score, scored.Schema[labelColumnName], .. path is null ? Array.Empty<DataViewSchema.Column>() : [path.Value]];
        using var cursor = scored.GetRowCursor(active);
        var scoreOf = cursor.GetGetter<VBuffer<float>>(score);
        var labelOf = label.Reader(cursor);
        var pathOf = path is null ? null : cursor.GetGetter<ReadOnlyMemory<char>>(path.Value);
        VBuffer<float> scores = default;
        ReadOnlyMemory<char> file = default;
        while (cursor.MoveNext())
        {
            if (labelOf() is not [var (key, _)])
                throw new InvalidDataException($"Row {cursor.Position} of the scored data has no label in column '{labelColumnName}'. Filter such rows out before evaluating.");
            if (slots[key] < 0)
                throw new InvalidDataException($"Row {cursor.Position} of the scored data has the label '{label.Names[key]}', which the model does not know. Its classes: {string.Join(", ", names.Take(20))}.");
            scoreOf(ref scores);
            probabilities.AddRange(scores.DenseValues());
            labels.Add(slots[key]);
            if (pathOf is null)
                continue;
            pathOf(ref file);
            paths.Add(file.ToString());
        }
        try
        {
            return new(new([.. probabilities], labels, names), paths);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The scores in column '{scoreColumnName}' can't be evaluated: {e.Message}", e);
        }
    }

    private static string[] SlotNames(DataViewSchema.Column score)
    {
        if (score.Type is not VectorDataViewType { Size: >= 2 } vector || vector.ItemType != NumberDataViewType.Single || !score.HasSlotNames())
            throw new ArgumentException($"The score column '{score.Name}' is {score.Type}{(score.HasSlotNames() ? "" : " without SlotNames")}, but must be a vector of known size, one Single a class, with the classes' names as SlotNames.");
        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
