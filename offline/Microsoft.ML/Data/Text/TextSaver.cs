using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Writes a view as lines of separated fields, which a text loader can read back.</summary>
internal sealed class TextSaver
{
    private readonly IDataView _data;
    private readonly DataViewSchema.Column[] _columns;
    private readonly char _separator;
    private readonly bool _header;
    private readonly bool _schema;
    private readonly bool _dense;

    public TextSaver(IDataView data, char separator, bool header, bool schema, bool keepHidden, bool forceDense)
    {
        Check.Param(separator is ' ' or '\t' or ',' or ';' or '|', "Separator", "Invalid separator - must be: space, tab, comma, semicolon, or bar");
        _columns = [.. data.Schema.Where(c => (keepHidden || !c.IsHidden) && c.Type.ItemType() is PrimitiveDataViewType && TypeCodec.CanWrite(c.Type))];
        Check.That(_columns.Length > 0, "No valid columns to save");
        (_data, _separator, _schema, _dense) = (data, separator, schema, forceDense);
        _header = header && _columns.Any(c => c.Type is not VectorDataViewType || c.HasSlotNames());
    }

    public void Save(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 4096, leaveOpen: true) { NewLine = Environment.NewLine };
        using var cursor = _data.GetRowCursor(_columns);
        if (_schema) WriteSchema(writer);
        var line = new TextLine(_separator, _dense);
        if (_header) WriteHeader(writer, line);
        var values = Array.ConvertAll(_columns, column => FieldWriter.Of(cursor, column, _separator));
        while (cursor.MoveNext())
        {
            line.Clear();
            foreach (var value in values) value.AddTo(line);
            writer.WriteLine(line.ToString());
        }
    }

    private void WriteHeader(TextWriter writer, TextLine line)
    {
        line.Clear();
        foreach (var column in _columns)
        {
            line.StartColumn("\"\"", column.Type is VectorDataViewType vector ? vector.Size : 1);
            if (column.Type is not VectorDataViewType) line.Add(0, FieldWriter.Quoted(column.Name, _separator));
            if (!column.HasSlotNames()) continue;
            VBuffer<ReadOnlyMemory<char>> names = default;
            column.GetSlotNames(ref names);
            foreach (var (slot, name) in names.Items(all: true))
                if (!name.IsEmpty) line.Add(slot, FieldWriter.Quoted(name.ToString(), _separator));
        }
        writer.WriteLine(line.ToString());
    }

    private void WriteSchema(TextWriter writer)
    {
        writer.WriteLine($"{TextSchemaLines.Prefix} TextLoader{{");
        if (_header) writer.WriteLine($"{TextSchemaLines.Prefix}   header+");
        writer.WriteLine($"{TextSchemaLines.Prefix}   sep={TextSchemaLines.NameOf(_separator)}");
        int field = 0;
        foreach (var column in _columns)
        {
            var item = column.Type.ItemType();
            string kind = TextSchemaLines.Kinds[Array.FindIndex(Enum.GetValues<DataKind>(), k => k.RawType() == item.RawType)];
            string keys = item is KeyDataViewType key ? $"[{key.Count}]" : "";
            string range = column.Type is not VectorDataViewType vector ? field.ToString()
                : vector.IsKnownSize ? $"{field}-{field + vector.Size - 1}"
                : $"{field}-**";
            writer.WriteLine($"{TextSchemaLines.Prefix}   col={column.Name}:{kind}{keys}:{range}");
            field += column.Type.ValueCount();
        }
        writer.WriteLine($"{TextSchemaLines.Prefix} }}");
    }
}
