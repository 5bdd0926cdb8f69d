using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes images out of vectors of colours: what ExtractPixels does, backwards.</summary>
public sealed class VectorToImageConvertingTransformer : OneToOneTransformerBase
{
    internal const string Name = "VectorToImageConverter";

    internal VectorToImageConvertingTransformer(IHostEnvironment environment, VectorToImageConvertingEstimator.ColumnOptions[] columns)
        : base(environment.Register(nameof(VectorToImageConvertingTransformer)), Array.ConvertAll(columns, c => (c.Name, c.InputColumnName))) => Columns = columns;

    internal VectorToImageConvertingEstimator.ColumnOptions[] Columns { get; }

    internal static VectorToImageConvertingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadMany(() =>
    {
        string name = reader.ReadString(), input = reader.ReadString();
        int height = reader.ReadInt32(), width = reader.ReadInt32();
        var colors = (ImagePixelExtractingEstimator.ColorBits)reader.ReadByte();
        var order = (ImagePixelExtractingEstimator.ColorsOrder)reader.ReadByte();
        bool interleaved = reader.ReadBoolean();
        float scale = reader.ReadSingle();
        return new VectorToImageConvertingEstimator.ColumnOptions(name, height, width, input, colors, order, interleaved, scale, reader.ReadSingle());
    }));

    private protected override string LoaderName => Name;

    private protected override void SaveTo(ModelWriter writer) => writer.WriteMany(Columns, column =>
    {
        writer.Write(column.Name);
        writer.Write(column.InputColumnName);
        writer.Write(column.Height);
        writer.Write(column.Width);
        writer.Write((byte)column.Colors);
        writer.Write((byte)column.Order);
        writer.Write(column.Interleaved);
        writer.Write(column.Scale);
        writer.Write(column.Offset);
    });

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        var column = Columns[pair];
        if (input.Type is not VectorDataViewType vector) throw Errors.WrongColumn("input", input.Name, "image", input.Type.ToString());
        if (vector.Size != column.Height * column.Width * column.Planes)
            throw Errors.WrongColumn("input", input.Name, new VectorDataViewType(vector.ItemType, column.Height, column.Width, column.Planes).ToString(), vector.ToString());
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(this, schema, inputs);

    private sealed class Map(VectorToImageConvertingTransformer owner, DataViewSchema schema, DataViewSchema.Column[] inputs)
        : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output) => new ImageDataViewType(owner.Columns[output].Height, owner.Columns[output].Width);

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            var item = ((VectorDataViewType)Inputs[output].Type).ItemType;
            if (item == NumberDataViewType.Single) return Getter<float>(input, output, value => value, scales: true);
            if (item == NumberDataViewType.Double) return Getter<double>(input, output, value => (float)value, scales: true);
            if (item == NumberDataViewType.Byte) return Getter<byte>(input, output, value => value, scales: false);
            throw new InvalidOperationException("We only support float, double or byte arrays");
        }

        private ValueGetter<MLImage> Getter<T>(DataViewRow input, int output, Func<T, float> toFloat, bool scales)
        {
            var column = owner.Columns[output];
            scales &= column.Offset != 0 || column.Scale != 1;
            int[] bytes = ColorOrder.BytesOf(column.Colors, column.Order, MLPixelFormat.Bgra32);
            int count = column.Width * column.Height;
            var (step, planeStep) = column.Interleaved ? (bytes.Length, 1) : (1, count);
            var getValues = input.GetGetter<VBuffer<T>>(Inputs[output]);
            VBuffer<T> values = default;
            return (ref MLImage image) =>
            {
                getValues(ref values);
                if (values.GetValues().Length == 0)
                {
                    image = null;
                    return;
                }
                VBuffer<T> dense = default;
                values.CopyToDense(ref dense);
                var from = dense.GetValues();
                var pixels = new byte[4 * count];
                // Colours that the vector lacks: black, opaque; scaled images lose their alpha if the vector has none.
                for (int i = 0; i < count; i++)
                {
                    if (!scales) pixels[4 * i + 3] = 255;
                    else for (int c = 0; c < 3; c++) pixels[4 * i + c] = (byte)Math.Round(0 * column.Scale - column.Offset);
                    for (int plane = 0; plane < bytes.Length; plane++)
                    {
                        float value = toFloat(from[i * step + plane * planeStep]);
                        pixels[4 * i + bytes[plane]] = scales ? (byte)Math.Round(value * column.Scale - column.Offset) : (byte)value;
                    }
                }
                image = MLImage.CreateFromPixels(column.Width, column.Height, MLPixelFormat.Bgra32, pixels);
                image.Tag = nameof(VectorToImageConvertingTransformer);
            };
        }
    }
}
