using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A schema as bytes: columns in order, hidden ones too, with their annotations. Columns of types that cannot be stored are left out.</summary>
internal static class SchemaCodec
{
    public static void Write(Stream stream, DataViewSchema schema)
    {
        var columns = schema.Where(c => TypeCodec.CanWrite(c.Type)).ToList();
        Check.That(columns.Count > 0, "No valid columns to save");
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(columns.Count);
        foreach (var column in columns)
        {
            writer.Write(column.Name);
            TypeCodec.Write(writer, column.Type);
            WriteAnnotations(writer, column.Annotations);
        }
    }

    public static DataViewSchema Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var builder = new DataViewSchema.Builder();
        for (int left = reader.ReadInt32(); left > 0; left--)
            builder.AddColumn(reader.ReadString(), TypeCodec.Read(reader), ReadAnnotations(reader));
        return builder.ToSchema();
    }

    private static void WriteAnnotations(BinaryWriter writer, DataViewSchema.Annotations annotations)
    {
        var notes = annotations.Schema.Where(c => TypeCodec.CanWrite(c.Type)).ToList();
        writer.Write(notes.Count);
        foreach (var note in notes)
        {
            writer.Write(note.Name);
            TypeCodec.Write(writer, note.Type);
            Generic.Invoke<object>(WriteValue<int>, note.Type.RawType, writer, annotations, note);
        }
    }

    private static object WriteValue<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column note)
    {
        T value = default;
        annotations.GetGetter<T>(note)(ref value);
        ValueCodec.For<T>().Write(writer, value);
        return null;
    }

    private static DataViewSchema.Annotations ReadAnnotations(BinaryReader reader)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            var type = TypeCodec.Read(reader);
            builder.Add(name, type, Generic.Invoke<Delegate>(ReadValue<int>, type.RawType, reader));
        }
        return builder.ToAnnotations();
    }

    private static Delegate ReadValue<T>(BinaryReader reader)
    {
        var codec = ValueCodec.For<T>();
        var value = codec.Read(reader);
        return (ValueGetter<T>)((ref T destination) => codec.Copy(value, ref destination));
    }
}
