using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Loads lines of separated fields.</summary>
public sealed partial class TextLoader : IDataLoader<IMultiStreamSource>, ISavable
{
    private const int SampleLines = 100;

    private readonly Options _options;
    private readonly TextColumn[] _columns;
    private readonly DataViewSchema _schema;
    private readonly string _header;

    internal TextLoader(Options options, IMultiStreamSource dataSample = null)
    {
        _options = (options ?? new Options()).Copy();
        var sample = dataSample ?? new MultiFileSource();
        var columns = _options.Columns is { Length: > 0 } given ? given : TextSchemaLines.Columns(sample, ref _options) ?? DefaultColumns();
        _options.Columns = columns;
        CheckOptions(_options);
        foreach (var column in columns)
            Check.Param(column.Source is { Length: > 0 }, nameof(Column.Source), "Must specify some source column indices");
        var lines = new LineReader(_options);
        _columns = TextBindings.Bind(columns, NeededInputSize(lines, sample));
        _header = Header(lines, sample);
        _schema = TextBindings.Schema(_columns, _header, new FieldReader(_options));
    }

    private TextLoader(Options options, TextColumn[] columns, string header)
    {
        (_options, _columns, _header) = (options, columns, header);
        _schema = TextBindings.Schema(columns, header, new FieldReader(options));
    }

    public DataViewSchema GetOutputSchema() => _schema;

    public IDataView Load(IMultiStreamSource source) => new TextView(Check.NotNull(source, nameof(source)), _schema, _columns, _options);

    /// <summary>The first field is the label, all others are features.</summary>
    private static Column[] DefaultColumns() => [new Column("Label", DataKind.Single, 0), new Column("Features", DataKind.Single, [new Range(1, null)])];

    private static IEnumerable<string> Sample(LineReader lines, IMultiStreamSource source) =>
        Enumerable.Range(0, source.Count).SelectMany(file => lines.OfFile(source, file)).Select(line => line.Text);

    private int NeededInputSize(LineReader lines, IMultiStreamSource sample)
    {
        bool needed = _options.Columns.Any(column => column.Source.Any(range => range.AutoEnd && range.Max == null));
        if (!needed || _options.InputSize > 0) return _options.InputSize ?? 0;
        return TextBindings.InputSize(Sample(lines, sample).Take(SampleLines), new FieldReader(_options));
    }

    private string Header(LineReader lines, IMultiStreamSource sample) =>
        !string.IsNullOrWhiteSpace(_options.HeaderFile) ? Sample(lines, new MultiFileSource(_options.HeaderFile)).FirstOrDefault()
        : _options.HasHeader ? Sample(lines, sample).FirstOrDefault()
        : null;

    private static void CheckOptions(Options options)
    {
        Check.Param(options.MaxRows is null or >= 0, nameof(Options.MaxRows));
        Check.That(options.InputSize is null or >= 0, "inputSize");
        Check.Param(options.Separators is { Length: > 0 }, "Separator", "Must specify a separator");
        foreach (char separator in options.Separators)
        {
            Check.Param(separator != ':' || !options.AllowSparse, "Separator", "When the separator is colon, turn off allowSparse");
            Check.Param(separator is '\t' or >= ' ' and not '"' && !char.IsAsciiDigit(separator), "Separator", $"Illegal separator: '{separator}'");
        }
        Check.Param(options.DecimalMarker is '.' or ',', nameof(Options.DecimalMarker),
            $"Decimal marker cannot be the '{options.DecimalMarker}' character. It must be '.' or ','.");
        Check.Param(options.AllowQuoting || options.DecimalMarker != ',' || !options.Separators.Contains(','), nameof(Options.AllowQuoting),
            "Quoting must be allowed if decimal marker and separator are the ',' character.");
        Check.Param(!options.Separators.Contains(options.EscapeChar), nameof(Options.EscapeChar),
            $"EscapeChar '{options.EscapeChar}' can't be used both as EscapeChar and separator");
    }
}
