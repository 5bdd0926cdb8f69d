using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImagePixelExtractingEstimator : TrivialEstimator<ImagePixelExtractingTransformer>
{
    [Flags]
    public enum ColorBits : byte
    {
        Alpha = 1,
        Red = 2,
        Green = 4,
        Blue = 8,
        Rgb = Red | Green | Blue,
        All = Alpha | Rgb,
    }

    public enum ColorsOrder : byte
    {
        ARGB = 1,
        ARBG = 2,
        ABRG = 3,
        ABGR = 4,
        AGRB = 5,
        AGBR = 6,
    }

    /// <summary>What is extracted into one column.</summary>
    internal sealed record ColumnOptions
    {
        public ColumnOptions(string name, string inputColumnName, ColorBits colorsToExtract, ColorsOrder orderOfExtraction,
            bool interleavePixelColors, float offsetImage, float scaleImage, bool outputAsFloatArray)
        {
            Name = Check.NotWhiteSpace(name, nameof(name));
            InputColumnName = inputColumnName ?? name;
            (Colors, Order, Interleave, AsFloat) = (colorsToExtract, orderOfExtraction, interleavePixelColors, outputAsFloatArray);
            Check.Param(Planes > 0, nameof(colorsToExtract), "Need to use at least one color plane.");
            // Bytes are handed out as they are.
            if (!outputAsFloatArray) (offsetImage, scaleImage) = (0, 1);
            Check.Param(float.IsFinite(offsetImage), nameof(offsetImage));
            Check.Param(float.IsFinite(scaleImage) && scaleImage != 0, nameof(scaleImage));
            (Offset, Scale) = (offsetImage, scaleImage);
        }

        public string Name { get; }
        public string InputColumnName { get; }
        public ColorBits Colors { get; }
        public ColorsOrder Order { get; }
        public bool Interleave { get; }
        public bool AsFloat { get; }
        public float Offset { get; }
        public float Scale { get; }

        public int Planes => BitOperations.PopCount((uint)(Colors & ColorBits.All));
    }

    internal ImagePixelExtractingEstimator(IHostEnvironment environment, params ColumnOptions[] columns)
        : base(environment.Register(nameof(ImagePixelExtractingEstimator)), new ImagePixelExtractingTransformer(environment, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With([.. Transformer.Columns.Select(column =>
        {
            inputSchema.FindImage(column.InputColumnName);
            var item = column.AsFloat ? NumberDataViewType.Single : NumberDataViewType.Byte;
            return new SchemaShape.Column(column.Name, SchemaShape.Column.VectorKind.Vector, item, false);
        })]);
    }
}
