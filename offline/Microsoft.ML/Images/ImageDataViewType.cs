using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>The type of a column of images; without a size (0 by 0), that of images of any size.</summary>
public sealed class ImageDataViewType : StructuredDataViewType
{
    public readonly int Height;

    public readonly int Width;

    public ImageDataViewType() : base(typeof(MLImage)) { }

    public ImageDataViewType(int height, int width) : base(typeof(MLImage))
    {
        Check.Param(height > 0, nameof(height), "Must be positive.");
        Check.Param(width > 0, nameof(width), " Must be positive.");
        Check.Param((long)height * width <= int.MaxValue / 4, nameof(height), "height * width is too large.");
        (Height, Width) = (height, width);
    }

    public override bool Equals(DataViewType other) =>
        ReferenceEquals(this, other) || other is ImageDataViewType image && Height == image.Height && Width == image.Width;

    public override int GetHashCode() => HashCode.Combine(Height, Width);

    public override string ToString() => Height == 0 && Width == 0 ? "Image" : $"Image<{Height}, {Width}>";
}
