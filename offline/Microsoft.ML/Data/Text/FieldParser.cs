namespace Microsoft.ML.Data;

/// <summary>One column's value of the current line.</summary>
internal abstract class FieldParser
{
    /// <summary>Takes the column's fields of a line of so many fields.</summary>
    public abstract void Parse(FieldReader fields, int count, long line);

    public abstract Delegate MakeGetter(Action checkRow);

    public static FieldParser Of(TextColumn column, TextLoader.Options options) =>
        Generic.Invoke<FieldParser>(Of<int>, column.Item.RawType, column, options);

    private static FieldParser Of<T>(TextColumn column, TextLoader.Options options) =>
        column.Type is VectorDataViewType ? new Vector<T>(column, options) : new Scalar<T>(column, options);

    private abstract class Typed<T>(TextColumn column, TextLoader.Options options) : FieldParser
    {
        private readonly TextParser.TryParse<T> _parse = column.Item is TextDataViewType ? null : (TextParser.TryParse<T>)TextParser.For(column.Item);
        private readonly bool _real = typeof(T) == typeof(float) || typeof(T) == typeof(double);

        protected TextColumn Column => column;

        /// <summary>What an empty field stands for.</summary>
        protected T Empty => _real && options.MissingRealsAsNaNs ? Missing.Value<T>() : default;

        protected T Value(ReadOnlyMemory<char> text, Func<string> place)
        {
            if (_parse == null) return (T)(object)text;
            if (_real && options.DecimalMarker == ',') text = text.ToString().Replace(',', '.').AsMemory();
            if (_parse(text.Span, out var value)) return value;
            // Types with a missing value of their own take that for what is none of their values.
            return Missing.CanBe(column.Item) ? Missing.Value<T>() : throw new InvalidOperationException($"Could not parse value {text} in {place()}");
        }
    }

    private sealed class Scalar<T>(TextColumn column, TextLoader.Options options) : Typed<T>(column, options)
    {
        private readonly int _index = column.Spans[0].Min;
        private T _value;

        public override void Parse(FieldReader fields, int count, long line)
        {
            var text = fields[_index];
            _value = text.IsEmpty ? Empty : Value(text, () => $"line {line}, column {Column.Name}");
        }

        public override Delegate MakeGetter(Action checkRow) => (ValueGetter<T>)((ref T value) =>
        {
            checkRow();
            value = _value;
        });
    }

    private sealed class Vector<T>(TextColumn column, TextLoader.Options options) : Typed<T>(column, options)
    {
        private readonly bool _dense = options.MissingRealsAsNaNs;
        private VBuffer<T> _value;

        public override void Parse(FieldReader fields, int count, long line)
        {
            int size = Column.FixedSize + Column.Spans.Where(span => span.IsOpen).Sum(span => Math.Max(0, count - span.Min));
            var found = new List<(int Slot, T Value)>();
            int offset = 0;
            foreach (var span in Column.Spans)
            {
                int limit = span.IsOpen ? Math.Max(span.Min, count) : span.Limit;
                for (int at = fields.Find(span.Min); at < fields.Fields.Count && fields.Fields[at].Index < limit; at++)
                {
                    var (index, text) = fields.Fields[at];
                    int slot = offset + index - span.Min;
                    found.Add((slot, Value(text, () => $"slot {slot} of column {Column.Name} in line {line}")));
                }
                offset += limit - span.Min;
            }
            Store(found, size);
        }

        /// <summary>Sparse where few fields have a value.</summary>
        private void Store(List<(int Slot, T Value)> found, int size)
        {
            bool sparse = !_dense && found.Count <= size / 2 && IsSorted(found);
            var editor = VBufferEditor.Create(ref _value, size, sparse ? found.Count : size);
            if (!sparse) editor.Values.Fill(Empty);
            for (int i = 0; i < found.Count; i++)
            {
                editor.Values[sparse ? i : found[i].Slot] = found[i].Value;
                if (sparse && found.Count < size) editor.Indices[i] = found[i].Slot;
            }
            _value = editor.Commit();
        }

        private static bool IsSorted(List<(int Slot, T Value)> found)
        {
            for (int i = 1; i < found.Count; i++)
                if (found[i].Slot <= found[i - 1].Slot) return false;
            return true;
        }

        public override Delegate MakeGetter(Action checkRow) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            checkRow();
            _value.CopyTo(ref value);
        });
    }
}
