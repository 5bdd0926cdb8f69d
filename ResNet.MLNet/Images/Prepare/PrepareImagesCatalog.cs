using Microsoft.ML;
using ResNet.Core;

namespace ResNet.MLNet;

/// <summary>Brings preprocessing of photos to <c>ml.Transforms</c>.</summary>
public static class PrepareImagesCatalog
{
    /// <summary>
    /// Makes network input out of images of any size: shorter side resized, centre cropped, as red, green and blue planes of
    /// values 0..255. What <c>ResizeImages</c> and <c>ExtractPixels</c> together do, with the geometry that pretrained networks
    /// are made for.
    /// </summary>
    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="outputColumnName">The new column: Vector&lt;Single, 3, Crop, Crop&gt;.</param>
    /// <param name="inputColumnName">The images, as <c>LoadImages</c> gives them; null: the column of the output's name.</param>
    /// <param name="preprocessing">Sizes and interpolation; null: <see cref="Preprocessing.ImageNet"/>.</param>
    /// <param name="mode">Who resizes. Default: <see cref="PrepareImagesMode.Stock"/>.</param>
    /// <returns>The estimator; it learns nothing from data.</returns>
    public static PrepareImagesEstimator PrepareImages(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        Preprocessing? preprocessing = null,
        PrepareImagesMode mode = PrepareImagesMode.Stock)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        return new(catalog, outputColumnName, inputColumnName ?? outputColumnName, preprocessing ?? Preprocessing.ImageNet, mode);
    }
}
