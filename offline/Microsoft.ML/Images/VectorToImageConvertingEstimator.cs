using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

using ColorBits = Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator.ColorBits;
using ColorsOrder = Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator.ColorsOrder;

namespace Microsoft.ML.Transforms.Image;

public sealed class VectorToImageConvertingEstimator : TrivialEstimator<VectorToImageConvertingTransformer>
{
    /// <summary>How a vector's values make an image.</summary>
    internal sealed record ColumnOptions
    {
        public ColumnOptions(string name, int imageHeight, int imageWidth, string inputColumnName, ColorBits colorsPresent, ColorsOrder orderOfColors,
            bool interleavedColors, float scaleImage, float offsetImage)
        {
            Name = Check.NotWhiteSpace(name, nameof(name));
            InputColumnName = inputColumnName ?? name;
            (Colors, Order, Interleaved) = (colorsPresent, orderOfColors, interleavedColors);
            Check.Param(Planes > 0, nameof(colorsPresent), "Need to use at least one color plane");
            Check.Param(imageWidth > 0, nameof(imageWidth), "Image width must be greater than zero");
            Check.Param(imageHeight > 0, nameof(imageHeight), "Image height must be greater than zero");
            Check.Param(float.IsFinite(offsetImage), nameof(offsetImage));
            Check.Param(float.IsFinite(scaleImage) && scaleImage != 0, nameof(scaleImage));
            (Height, Width, Offset, Scale) = (imageHeight, imageWidth, offsetImage, scaleImage);
        }

        public string Name { get; }
        public string InputColumnName { get; }
        public int Height { get; }
        public int Width { get; }
        public ColorBits Colors { get; }
        public ColorsOrder Order { get; }
        public bool Interleaved { get; }
        public float Offset { get; }
        public float Scale { get; }

        public int Planes => BitOperations.PopCount((uint)(Colors & ColorBits.All));
    }

    internal VectorToImageConvertingEstimator(IHostEnvironment environment, params ColumnOptions[] columns)
        : base(environment.Register(nameof(VectorToImageConvertingEstimator)), new VectorToImageConvertingTransformer(environment, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With([.. Transformer.Columns.Select(column =>
        {
            var input = inputSchema.Find(column.InputColumnName);
            bool isNumber = input.ItemType == NumberDataViewType.Single || input.ItemType == NumberDataViewType.Double || input.ItemType == NumberDataViewType.Byte;
            if (input.Kind != SchemaShape.Column.VectorKind.Vector || !isNumber)
                throw Errors.WrongColumn("input", column.InputColumnName, "known-size vector of type Single, Double or Byte", input.GetTypeString());
            return new SchemaShape.Column(column.Name, new ImageDataViewType(column.Height, column.Width));
        })]);
    }
}
