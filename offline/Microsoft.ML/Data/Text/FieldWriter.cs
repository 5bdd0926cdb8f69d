namespace Microsoft.ML.Data;

/// <summary>Writes a column's value of the current row as fields.</summary>
internal abstract class FieldWriter
{
    public abstract void AddTo(TextLine line);

    public static FieldWriter Of(DataViewRow row, DataViewSchema.Column column, char separator) =>
        Generic.Invoke<FieldWriter>(Of<int>, column.Type.ItemType().RawType, row, column, separator);

    private static FieldWriter Of<T>(DataViewRow row, DataViewSchema.Column column, char separator) =>
        column.Type is VectorDataViewType ? new Vector<T>(row, column, separator) : new Scalar<T>(row, column, separator);

    /// <summary>Text in quotes where it needs them: empty, with quotes, separators, colons or line breaks in it, or a space at its start.</summary>
    public static string Quoted(string text, char separator)
    {
        bool plain = text.Length > 0 && text[0] != ' ' && text.IndexOfAny(['"', separator, ':', '\n']) < 0;
        return plain ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }

    private static string Format<T>(T value, DataViewType item, char separator) => value switch
    {
        ReadOnlyMemory<char> text => Quoted(text.ToString(), separator),
        _ when item is KeyDataViewType key => Convert.ToUInt64(value) is var k && k > 0 && k <= key.Count ? (k - 1).ToString() : "",
        TimeSpan or DateTime or DateTimeOffset => $"\"{TextFormatter.Convert(value)}\"",
        _ => TextFormatter.Write(value),
    };

    private sealed class Scalar<T>(DataViewRow row, DataViewSchema.Column column, char separator) : FieldWriter
    {
        private readonly ValueGetter<T> _get = row.GetGetter<T>(column);
        private readonly string _default = Format(default(T), column.Type, separator);
        private T _value;

        public override void AddTo(TextLine line)
        {
            _get(ref _value);
            line.StartColumn(_default, 1);
            line.Add(0, Format(_value, column.Type, separator));
        }
    }

    private sealed class Vector<T>(DataViewRow row, DataViewSchema.Column column, char separator) : FieldWriter
    {
        private readonly ValueGetter<VBuffer<T>> _get = row.GetGetter<VBuffer<T>>(column);
        private readonly string _default = Format(default(T), column.Type.ItemType(), separator);
        private VBuffer<T> _value;

        public override void AddTo(TextLine line)
        {
            _get(ref _value);
            line.StartColumn(_default, _value.Length);
            foreach (var (slot, value) in _value.Items()) line.Add(slot, Format(value, column.Type.ItemType(), separator));
        }
    }
}
