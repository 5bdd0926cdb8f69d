using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Images;

namespace ResNet.MLNet.Scoring;

/// <summary>A view's schema before and after scoring: the input's columns keep their places, the two new ones follow.</summary>
internal sealed record ScoredSchema(DataViewSchema Input, DataViewSchema Output, PixelColumn Pixels)
{
    public bool IsScore(DataViewSchema.Column column) => column.Index == Input.Count;

    /// <summary>Whether the model has to run for any of these output columns.</summary>
    public bool NeedsScores(IEnumerable<DataViewSchema.Column> active) => active.Any(column => column.Index >= Input.Count);

    /// <summary>The input columns that these output columns come from, each once, in order.</summary>
    public IReadOnlyList<DataViewSchema.Column> Sources(IEnumerable<DataViewSchema.Column> active) =>
        active.Select(column => column.Index < Input.Count ? column.Index : Pixels.Column.Index)
            .Distinct().Order().Select(index => Input[index]).ToArray();

    /// <summary>The getter of one of the two new columns, over the scores of the current row.</summary>
    public Delegate ScoreGetter(DataViewSchema.Column column, CurrentScores scores) => IsScore(column)
        ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var current = scores();
            var editor = VBufferEditor.Create(ref value, current.Length);
            current.CopyTo(editor.Values);
            value = editor.Commit();
        })
        : (ValueGetter<uint>)((ref uint value) => value = Predicted(scores()));

    /// <summary>The key of the highest score, the first of equals; missing (0) where a score is not a number.</summary>
    private static uint Predicted(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i])) return 0;
            if (scores[i] > scores[best]) best = i;
        }
        return (uint)best + 1;
    }
}

/// <summary>The scores of the row that a cursor or row stands on.</summary>
internal delegate ReadOnlySpan<float> CurrentScores();
