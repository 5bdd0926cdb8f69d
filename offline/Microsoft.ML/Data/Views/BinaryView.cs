using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// Rows in a binary file: the schema with its annotations, then each row behind a mark, its columns in order.
/// The format is this package's own.
/// </summary>
internal sealed class BinaryView : IDataView
{
    private const uint Mark = 0x31564442;

    private readonly IMultiStreamSource _files;

    public BinaryView(IMultiStreamSource files)
    {
        Check.Param(Check.NotNull(files, "fileSource").Count == 1, "fileSource", "Must be exactly one file");
        _files = files;
        using var stream = files.Open(0);
        Schema = ReadSchema(stream);
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public static void Save(IDataView data, Stream stream, bool keepHidden)
    {
        var kept = data.Schema.Where(c => (keepHidden || !c.IsHidden) && TypeCodec.CanWrite(c.Type)).Select(c => c.Index).ToArray();
        var view = new ColumnSubsetView(data, kept);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        SchemaCodec.Write(stream, view.Schema);
        using var cursor = view.GetRowCursor(view.Schema);
        var columns = view.Schema.Select(c => Generic.Invoke<Action<BinaryWriter>>(Writer<int>, c.Type.RawType, cursor, c)).ToArray();
        while (cursor.MoveNext())
        {
            writer.Write(true);
            foreach (var write in columns) write(writer);
        }
        writer.Write(false);
    }

    private static Action<BinaryWriter> Writer<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var (get, codec) = (row.GetGetter<T>(column), ValueCodec.For<T>());
        T value = default;
        return writer =>
        {
            get(ref value);
            codec.Write(writer, value);
        };
    }

    private static DataViewSchema ReadSchema(Stream stream)
    {
        var mark = new byte[sizeof(uint)];
        stream.ReadExactly(mark);
        if (BitConverter.ToUInt32(mark) != Mark) throw new FormatException("The file is no binary data view that can be read here");
        return SchemaCodec.Read(stream);
    }

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(this, ActiveColumns.Of(Schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : RootCursor
    {
        private readonly BinaryReader _reader;
        private readonly ColumnReader[] _columns;

        public Cursor(BinaryView view, bool[] active) : base(view.Schema, active)
        {
            var stream = view._files.Open(0);
            ReadSchema(stream);
            _reader = new BinaryReader(new BufferedStream(stream), Encoding.UTF8);
            _columns = [.. view.Schema.Select(c => Generic.Invoke<ColumnReader>(Make<int>, c.Type.RawType))];
        }

        private static ColumnReader Make<T>() => new ColumnReader<T>();

        protected override bool MoveNextCore()
        {
            if (!_reader.ReadBoolean()) return false;
            foreach (var column in _columns) column.Read(_reader);
            return true;
        }

        protected override Delegate Getter(int column) => _columns[column].MakeGetter(() =>
        {
            if (Position < 0) throw NoRow();
        });

        protected override void DisposeCore() => _reader.Dispose();
    }

    private abstract class ColumnReader
    {
        public abstract void Read(BinaryReader reader);

        public abstract Delegate MakeGetter(Action checkRow);
    }

    private sealed class ColumnReader<T> : ColumnReader
    {
        private readonly ValueCodec<T> _codec = ValueCodec.For<T>();
        private T _value;

        public override void Read(BinaryReader reader) => _value = _codec.Read(reader);

        public override Delegate MakeGetter(Action checkRow) => (ValueGetter<T>)((ref T value) =>
        {
            checkRow();
            _codec.Copy(_value, ref value);
        });
    }
}
