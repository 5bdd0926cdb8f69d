using Microsoft.ML;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Scoring;

/// <summary>A view's schema before and after scoring: the input's columns keep their places, the new ones follow.</summary>
internal sealed class ScoredSchema
{
    private readonly IReadOnlyList<OutputColumn> _added;

    /// <param name="input">The view's schema.</param>
    /// <param name="feature">The column of images.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="added">The new columns.</param>
    public ScoredSchema(DataViewSchema input, string feature, ImageShape shape, IReadOnlyList<OutputColumn> added)
    {
        (Input, Pixels, _added) = (input, PixelColumn.Of(input, feature, shape), added);
        var output = new DataViewSchema.Builder();
        output.AddColumns(input);
        foreach (var column in added) column.AddTo(output);
        Output = output.ToSchema();
    }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    public PixelColumn Pixels { get; }

    /// <summary>Whether the model has to run for any of these output columns.</summary>
    public bool NeedsScores(IEnumerable<DataViewSchema.Column> active) => active.Any(column => column.Index >= Input.Count);

    /// <summary>The input columns that these output columns come from, each once, in order.</summary>
    public IReadOnlyList<DataViewSchema.Column> Sources(IEnumerable<DataViewSchema.Column> active) =>
        active.Select(column => column.Index < Input.Count ? column.Index : Pixels.Column.Index)
            .Distinct().Order().Select(index => Input[index]).ToArray();

    /// <summary>The getter of one of the new columns, over the values of the current row.</summary>
    public Delegate ScoreGetter(DataViewSchema.Column column, CurrentValues values) => _added[column.Index - Input.Count].Getter(values);
}

/// <summary>What one of the engine's outputs gave for the row that a cursor or row stands on.</summary>
internal delegate ReadOnlySpan<float> CurrentValues(int output);
