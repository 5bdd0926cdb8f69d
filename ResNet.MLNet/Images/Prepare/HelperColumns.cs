namespace ResNet.MLNet.Images;

/// <summary>Columns between the stock transforms of PrepareImages, dropped at their end. A saved model refers to them: they never change.</summary>
internal static class HelperColumns
{
    public const string Image = "PrepareImages.Image";
    public const string One = "PrepareImages.One";
    public const string Preprocessing = "PrepareImages.Preprocessing";
    public const string Prepared = "PrepareImages.Prepared";
    public const string Sized = "PrepareImages.Sized";
    public const string Pixels = "PrepareImages.Pixels";
    public const string Cropped = "PrepareImages.Cropped";
}
