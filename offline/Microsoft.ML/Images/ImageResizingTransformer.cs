using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Brings images to one size. An image that has it already is handed on as it is.</summary>
public sealed class ImageResizingTransformer : OneToOneTransformerBase
{
    internal const string Name = "ImageScalerTransform";

    internal ImageResizingTransformer(IHostEnvironment environment, ImageResizingEstimator.ColumnOptions[] columns)
        : base(environment.Register(nameof(ImageResizingTransformer)), Array.ConvertAll(columns, c => (c.Name, c.InputColumnName))) => Columns = columns;

    internal ImageResizingEstimator.ColumnOptions[] Columns { get; }

    internal static ImageResizingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadMany(() =>
    {
        string name = reader.ReadString(), input = reader.ReadString();
        int width = reader.ReadInt32(), height = reader.ReadInt32();
        var kind = (ImageResizingEstimator.ResizingKind)reader.ReadByte();
        return new ImageResizingEstimator.ColumnOptions(name, width, height, input, kind, (ImageResizingEstimator.Anchor)reader.ReadByte());
    }));

    private protected override string LoaderName => Name;

    private protected override void SaveTo(ModelWriter writer) => writer.WriteMany(Columns, column =>
    {
        writer.Write(column.Name);
        writer.Write(column.InputColumnName);
        writer.Write(column.Type.Width);
        writer.Write(column.Type.Height);
        writer.Write((byte)column.Resizing);
        writer.Write((byte)column.Anchor);
    });

    private protected override void CheckInput(int pair, DataViewSchema.Column input) => ImageShapes.CheckImage(input);

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(this, schema, inputs);

    private sealed class Map(ImageResizingTransformer owner, DataViewSchema schema, DataViewSchema.Column[] inputs)
        : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output) => owner.Columns[output].Type;

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            var column = owner.Columns[output];
            var getSource = input.GetGetter<MLImage>(Inputs[output]);
            MLImage source = null;
            dispose = null;
            return (ValueGetter<MLImage>)((ref MLImage image) =>
            {
                image?.Dispose();
                getSource(ref source);
                if (source == null) return;
                image = column.Resize(source);
                image.Tag = source.Tag;
            });
        }
    }
}
