using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageResizingEstimator : TrivialEstimator<ImageResizingTransformer>
{
    public enum ResizingKind : byte
    {
        IsoPad = 0,
        IsoCrop = 1,
        Fill = 2,
    }

    /// <summary>The side that IsoCrop keeps.</summary>
    public enum Anchor : byte
    {
        Right = 0,
        Left = 1,
        Top = 2,
        Bottom = 3,
        Center = 4,
    }

    /// <summary>How one column is resized.</summary>
    internal sealed record ColumnOptions
    {
        public ColumnOptions(string name, int imageWidth, int imageHeight, string inputColumnName, ResizingKind resizing, Anchor anchor)
        {
            Name = Check.NotEmpty(name, nameof(name));
            Check.Param(imageWidth > 0, nameof(imageWidth));
            Check.Param(imageHeight > 0, nameof(imageHeight));
            Check.Param(Enum.IsDefined(resizing), nameof(resizing));
            Check.Param(Enum.IsDefined(anchor), nameof(anchor));
            InputColumnName = inputColumnName ?? name;
            (Resizing, Anchor) = (resizing, anchor);
            Type = new ImageDataViewType(imageHeight, imageWidth);
        }

        public string Name { get; }
        public string InputColumnName { get; }
        public ResizingKind Resizing { get; }
        public Anchor Anchor { get; }
        public ImageDataViewType Type { get; }
    }

    internal ImageResizingEstimator(IHostEnvironment environment, params ColumnOptions[] columns)
        : base(environment.Register(nameof(ImageResizingEstimator)), new ImageResizingTransformer(environment, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With([.. Transformer.Columns.Select(column =>
        {
            inputSchema.FindImage(column.InputColumnName);
            return new SchemaShape.Column(column.Name, column.Type);
        })]);
    }
}
