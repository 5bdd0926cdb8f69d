using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Schema;
using ResNet.MLNet.TopK;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>Finds the best few classes; made by <c>ml.Transforms.TopK(…)</c>. Fit looks at the schema alone. Thread-safe.</summary>
public sealed class TopKEstimator : IEstimator<TopKTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly int _k;
    private readonly string _labelsColumn, _scoresColumn, _scoreColumn;
    private readonly string[]? _labels;

    internal TopKEstimator(TransformsCatalog catalog, int k, string labelsColumnName, string scoresColumnName, string scoreColumnName, IReadOnlyList<string>? labels)
    {
        (_catalog, _k, _labels) = (catalog, OptionCheck.AtLeast(1, k, nameof(k)), labels?.ToArray());
        _labelsColumn = OptionCheck.Name(labelsColumnName, nameof(labelsColumnName));
        _scoresColumn = OptionCheck.Name(scoresColumnName, nameof(scoresColumnName));
        _scoreColumn = OptionCheck.Name(scoreColumnName, nameof(scoreColumnName));
        if (new[] { _labelsColumn, _scoresColumn, _scoreColumn }.Distinct().Count() < 3)
            throw new ArgumentException($"The columns '{_labelsColumn}', '{_scoresColumn}' and '{_scoreColumn}' must have different names.", nameof(labelsColumnName));
    }

    /// <summary>Makes the transformer. No row is read.</summary>
    /// <param name="input">A view with the score column.</param>
    /// <returns>The transformer; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no score column, it holds something else, it does not say what its scores are for, or there are fewer
    /// than k.</exception>
    public TopKTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var column = Columns.Find(input.Schema, _scoreColumn, "score");
        if (column.Type is not VectorDataViewType { Size: > 0 and var classes } vector || vector.ItemType.RawType != typeof(float))
            throw NoScores($"{column.Type}");
        var names = _labels ?? Slots(column);
        if (names.Length != classes)
            throw new ArgumentException($"There are {names.Length} labels, but column '{_scoreColumn}' has {classes} scores; they must be as many.");
        return _k <= classes
            ? new(_catalog, new(_k, _labelsColumn, _scoresColumn, _scoreColumn, names))
            : throw new ArgumentOutOfRangeException("k", _k, $"The {_k} best are asked for, but column '{_scoreColumn}' has {classes} scores. Take a smaller k.");
    }

    /// <summary>The schema shape with the new columns.</summary>
    /// <param name="inputSchema">A shape with the score column.</param>
    /// <returns>The input's columns and the two new ones.</returns>
    /// <exception cref="ArgumentException">There is no score column, or it holds something else.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var columns = inputSchema.ToDictionary(column => column.Name);
        if (!columns.TryGetValue(_scoreColumn, out var scores)) throw Columns.Missing(_scoreColumn, "score", columns.Keys);
        if (scores.Kind == SchemaShape.Column.VectorKind.Scalar || scores.ItemType.RawType != typeof(float)) throw NoScores($"{scores.Kind} of {scores.ItemType}");
        var added = EmptyView.Of(
            (_labelsColumn, new VectorDataViewType(TextDataViewType.Instance, _k)), (_scoresColumn, new VectorDataViewType(NumberDataViewType.Single, _k)));
        foreach (var column in SchemaShapes.Of(added.Schema)) columns[column.Name] = column;
        return new SchemaShape(columns.Values);
    }

    private string[] Slots(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            throw new ArgumentException(
                $"Column '{_scoreColumn}' does not say what its scores are for: it has no slot names. Give the labels, in the scores' order, as the argument labels.");
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private ArgumentException NoScores(string type) =>
        new($"Column '{_scoreColumn}' is {type}, but must hold the scores of a multiclass model: a vector of Single of a known size.");
}
