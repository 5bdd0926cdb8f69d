using Microsoft.ML;
using ResNet.MLNet.Images;

namespace ResNet.MLNet;

/// <summary>Brings loading by EXIF orientation to <c>ml.Transforms</c>.</summary>
public static class LoadUprightImagesCatalog
{
    /// <summary>
    /// Loads images as ML.NET's <c>LoadImages</c> does, and turns them the way that their EXIF orientation says. It looks at a file's
    /// structure and size before decoding (<see cref="UprightImage.Load(string, long)"/>); one that can't be used is an error that names it. A
    /// saved model holds the transform; an app that loads it must reference ResNet.MLNet.
    /// </summary>
    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="outputColumnName">The new column: images of any size.</param>
    /// <param name="inputColumnName">A text column with the files' paths, absolute or relative to the current directory; null: the column of the output's name.</param>
    /// <returns>An estimator of ML.NET's own transforms; it learns nothing from data.</returns>
    public static IEstimator<ITransformer> LoadUprightImages(this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputColumnName);
        return catalog.CopyColumns(UprightContract.PathColumn, inputColumnName ?? outputColumnName)
            .Append(catalog.CustomMapping(UprightContract.Mapping, UprightContract.Name))
            .Append(catalog.CopyColumns(outputColumnName, UprightContract.ImageColumn))
            .Append(catalog.DropColumns(UprightContract.PathColumn, UprightContract.ImageColumn));
    }
}
