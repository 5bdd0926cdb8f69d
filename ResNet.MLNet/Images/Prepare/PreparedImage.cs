using Microsoft.ML.Data;
using ResNet.Core;

namespace ResNet.MLNet.Images;

/// <summary>What <see cref="PrepareContract"/> gives: one object for a cursor, filled anew for each row.</summary>
internal sealed class PreparedImage
{
    private byte[] _pixels = [];
    private MLPixelFormat _format;
    private string? _tag, _json;
    private Preprocessing _preprocessing = Preprocessing.ImageNet;

    /// <summary>The current row's image. Each read makes a new one, which its reader owns, as ML.NET's image columns do:
    /// their readers dispose the one before when they ask for the next, be it the same row's.</summary>
    [ColumnName(HelperColumns.Prepared), AnyImageType]
    public MLImage Image
    {
        get
        {
            var image = MLImage.CreateFromPixels(_preprocessing.Crop, _preprocessing.Crop, _format, _pixels);
            image.Tag = _tag;
            return image;
        }
        set => throw new NotSupportedException("ML.NET asks for members that can be set, but sets none of a mapping's result.");
    }

    public void Fill(MLImage? image, string json)
    {
        if (json != _json)
        {
            (_preprocessing, _json) = (Preprocessing.FromJson(json), json);
            _pixels = new byte[4 * _preprocessing.Crop * _preprocessing.Crop];
        }

        try
        {
            if (image is null) throw Missing(null);
            ImageResampler.Prepare(image.Pixels, image.Width, image.Height, 4, _preprocessing, _pixels);
            (_format, _tag) = (image.PixelFormat, image.Tag);
        }
        catch (InvalidOperationException error)
        {
            throw Missing(error);
        }
    }

    private static InvalidDataException Missing(Exception? error) => new(
        "PrepareImages: a row holds no image, because its path is empty or its image has been disposed. Drop such rows.", error);
}
