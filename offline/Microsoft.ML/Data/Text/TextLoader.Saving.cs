using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    internal const string LoaderName = "TextLoader";

    void ICanSaveModel.Save(ModelSaveContext ctx) => Check.NotNull(ctx, nameof(ctx)).Save(this);

    string ISavable.LoaderName => LoaderName;

    void ISavable.SaveTo(ModelWriter writer)
    {
        foreach (bool flag in new[] { _options.AllowQuoting, _options.AllowSparse, _options.TrimWhitespace, _options.HasHeader, _options.ReadMultilines, _options.MissingRealsAsNaNs })
            writer.Write(flag);
        writer.Write(_options.InputSize ?? 0);
        writer.Write(_options.MaxRows ?? -1);
        writer.Write(new string(_options.Separators));
        writer.Write(_options.DecimalMarker);
        writer.Write(_options.EscapeChar);
        writer.WriteText(_header);
        writer.WriteMany(_columns, column =>
        {
            writer.Write(column.Name);
            TypeCodec.Write(writer, column.Item);
            writer.WriteMany(column.Spans, span =>
            {
                writer.Write(span.Min);
                writer.Write(span.Limit);
                writer.Write(span.ForceVector);
            });
        });
    }

    internal static TextLoader LoadFrom(ModelReader reader)
    {
        var options = new Options
        {
            AllowQuoting = reader.ReadBoolean(),
            AllowSparse = reader.ReadBoolean(),
            TrimWhitespace = reader.ReadBoolean(),
            HasHeader = reader.ReadBoolean(),
            ReadMultilines = reader.ReadBoolean(),
            MissingRealsAsNaNs = reader.ReadBoolean(),
            InputSize = reader.ReadInt32() is var size and > 0 ? size : null,
            MaxRows = reader.ReadInt64() is var rows and >= 0 ? rows : null,
            Separators = reader.ReadString().ToCharArray(),
            DecimalMarker = reader.ReadChar(),
            EscapeChar = reader.ReadChar(),
        };
        string header = reader.ReadText();
        var columns = reader.ReadMany(() => new TextColumn(reader.ReadString(), (PrimitiveDataViewType)TypeCodec.Read(reader),
            reader.ReadMany(() => new FieldSpan(reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean()))));
        return new TextLoader(options, columns, header);
    }
}
