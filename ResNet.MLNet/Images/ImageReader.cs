using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Images;

/// <summary>Reads an image column as red, green and blue planes. The images stay their producer's: by ML.NET's rule for
/// image getters, the variable handed in again lets the producer free its previous image.</summary>
internal sealed class ImageReader(DataViewRow row, PixelColumn column) : PixelReader(row, column)
{
    private readonly ValueGetter<MLImage> _getter = row.GetGetter<MLImage>(column.Column);
    private MLImage? _image;

    protected override ImageShape Load()
    {
        _getter(ref _image!);
        try
        {
            if (_image is not null) return new(3, _image.Height, _image.Width);
        }
        catch (InvalidOperationException)
        {
            // ResizeImages leaves the previous, disposed image where its own source has none.
        }
        throw Bad("holds no image: a file that cannot be read, or an image that has been disposed. Drop such rows.");
    }

    protected override void Copy(Span<float> pixels)
    {
        if (!Planes.TryCopy(_image!.Pixels, _image.PixelFormat, pixels))
            throw Bad($"is an image in the pixel format {_image.PixelFormat}; Bgra32 and Rgba32 can be read.");
    }
}
