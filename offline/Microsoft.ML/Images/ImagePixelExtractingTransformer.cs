using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Turns images of one known size into vectors of their colours.</summary>
public sealed class ImagePixelExtractingTransformer : OneToOneTransformerBase
{
    internal const string Name = "ImagePixelExtractor";

    internal ImagePixelExtractingTransformer(IHostEnvironment environment, ImagePixelExtractingEstimator.ColumnOptions[] columns)
        : base(environment.Register(nameof(ImagePixelExtractingTransformer)), Array.ConvertAll(columns, c => (c.Name, c.InputColumnName))) => Columns = columns;

    internal ImagePixelExtractingEstimator.ColumnOptions[] Columns { get; }

    internal static ImagePixelExtractingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadMany(() =>
    {
        string name = reader.ReadString(), input = reader.ReadString();
        var colors = (ImagePixelExtractingEstimator.ColorBits)reader.ReadByte();
        var order = (ImagePixelExtractingEstimator.ColorsOrder)reader.ReadByte();
        bool interleave = reader.ReadBoolean();
        float offset = reader.ReadSingle(), scale = reader.ReadSingle();
        return new ImagePixelExtractingEstimator.ColumnOptions(name, input, colors, order, interleave, offset, scale, reader.ReadBoolean());
    }));

    private protected override string LoaderName => Name;

    private protected override void SaveTo(ModelWriter writer) => writer.WriteMany(Columns, column =>
    {
        writer.Write(column.Name);
        writer.Write(column.InputColumnName);
        writer.Write((byte)column.Colors);
        writer.Write((byte)column.Order);
        writer.Write(column.Interleave);
        writer.Write(column.Offset);
        writer.Write(column.Scale);
        writer.Write(column.AsFloat);
    });

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        if (ImageShapes.CheckImage(input) is not { Height: > 0, Width: > 0 })
            throw Errors.WrongColumn("input", input.Name, "known-size image", "unknown-size image");
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(this, schema, inputs);

    private sealed class Map(ImagePixelExtractingTransformer owner, DataViewSchema schema, DataViewSchema.Column[] inputs)
        : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output)
        {
            var column = owner.Columns[output];
            var image = (ImageDataViewType)Inputs[output].Type;
            var item = column.AsFloat ? NumberDataViewType.Single : NumberDataViewType.Byte;
            return column.Interleave
                ? new VectorDataViewType(item, image.Height, image.Width, column.Planes)
                : new VectorDataViewType(item, column.Planes, image.Height, image.Width);
        }

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose) => owner.Columns[output].AsFloat
            ? Getter<float>(input, output, PixelPlanes.Floats, out dispose)
            : Getter<byte>(input, output, PixelPlanes.Bytes, out dispose);

        private ValueGetter<VBuffer<T>> Getter<T>(DataViewRow input, int output, PixelPlanes.Extract<T> extract, out Action dispose)
        {
            var column = owner.Columns[output];
            var size = (ImageDataViewType)Inputs[output].Type;
            int length = column.Planes * size.Height * size.Width;
            var getSource = input.GetGetter<MLImage>(Inputs[output]);
            MLImage source = null;
            dispose = () => source?.Dispose();
            return (ref VBuffer<T> pixels) =>
            {
                getSource(ref source);
                if (source == null)
                {
                    // No image: all zero, none of them stored.
                    pixels = VBufferEditor.Create(ref pixels, length, 0).Commit();
                    return;
                }
                if (source.Height != size.Height || source.Width != size.Width) throw new InvalidOperationException();
                var editor = VBufferEditor.Create(ref pixels, length);
                extract(source, column, editor.Values);
                pixels = editor.Commit();
            };
        }
    }
}
