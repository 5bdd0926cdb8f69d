using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns how to bring each slot of numeric columns to a common range, in one pass for all columns.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly NormalizerSettings _settings;

    internal NormalizingEstimator(IHostEnvironment environment, (string Output, string Input)[] columns, NormalizerSettings settings) =>
        (_host, _columns, _settings) = (environment.Register(nameof(NormalizingEstimator)), ColumnNames.Checked(columns), settings);

    public NormalizingTransformer Fit(IDataView input)
    {
        Check.NotNull(input, nameof(input));
        var sources = Array.ConvertAll(_columns, pair =>
            input.Schema.GetColumnOrNull(pair.Input) ?? throw Errors.MissingColumn("input", pair.Input, "data"));
        using var cursor = input.GetRowCursor(sources);
        var learners = Array.ConvertAll(sources, source => SlotLearner.Make(cursor, source));
        Check.Param(_settings.MaximumExampleCount > 1, nameof(_settings.MaximumExampleCount), "Must be greater than 1");
        for (long left = _settings.MaximumExampleCount; left > 0 && cursor.MoveNext(); left--)
            foreach (var learner in learners) learner.Add();
        return new NormalizingTransformer(_host, _columns, Array.ConvertAll(sources, c => c.Type), Array.ConvertAll(learners, l => l.Finish(_settings)));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With(_columns.Select(pair => Output(inputSchema.Find(pair.Input), pair.Output)));
    }

    private static SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        if (input.Kind == SchemaShape.Column.VectorKind.VariableVector)
            throw Errors.WrongColumn("input", input.Name, "known-size vector or scalar", input.GetTypeString());
        if (input.ItemType != NumberDataViewType.Single && input.ItemType != NumberDataViewType.Double)
            throw Errors.WrongColumn("input", input.Name, "vector or scalar of Single or Double", input.GetTypeString());
        var notes = input.Annotations.Where(note => note.Name == AnnotationKinds.SlotNames)
            .Append(new SchemaShape.Column(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance));
        return new SchemaShape.Column(name, input.Kind, input.ItemType, input.IsKey, new SchemaShape(notes));
    }
}
