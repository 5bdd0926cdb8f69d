using Microsoft.ML;
using ResNet.Core;

namespace ResNet.MLNet;

/// <summary>Brings the features of networks to <c>ml.Transforms</c>, for any of ML.NET's own trainers.</summary>
public static class FeaturesCatalog
{
    /// <summary>Makes features of images with published weights, which are downloaded where they are not in the cache.</summary>
    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="outputColumnName">The new column: Vector&lt;Single, length&gt;, or Vector&lt;Single, channels, height, width&gt; of maps that are not pooled.</param>
    /// <param name="inputColumnName">The images: pixels 0..255 as PrepareImages and ExtractPixels give them, or an image column. Prepare photos as
    /// the weights' <see cref="PretrainedWeights.Preprocessing"/> says.</param>
    /// <param name="weights">Their name, as "resnet50.tv2_in1k"; <see cref="Pretrained.List"/> has all.</param>
    /// <param name="layer">Which values; null (default): <see cref="FeatureLayer.Embedding"/>.</param>
    /// <param name="imageShape">Needed for flat vectors of pixels; null (default): the column tells, or for images the first row.</param>
    /// <param name="scoring">Batch size, engine and device; null: the defaults.</param>
    /// <returns>The estimator; it learns nothing from the rows.</returns>
    /// <exception cref="ArgumentException">There are no weights of that name; the message suggests the nearest.</exception>
    public static FeaturesEstimator ResNetFeatures(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string weights,
        FeatureLayer? layer = null, ImageShape? imageShape = null, ScoringOptions? scoring = null) =>
        catalog.ResNetFeatures(outputColumnName, inputColumnName, Pretrained.Get(weights), layer, imageShape, scoring);

    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="outputColumnName">As for the weights' name.</param>
    /// <param name="inputColumnName">As for the weights' name.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="layer">As for the weights' name.</param>
    /// <param name="imageShape">As for the weights' name.</param>
    /// <param name="scoring">As for the weights' name.</param>
    /// <inheritdoc cref="ResNetFeatures(TransformsCatalog, string, string, string, FeatureLayer, ImageShape?, ScoringOptions)"/>
    public static FeaturesEstimator ResNetFeatures(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, PretrainedWeights weights,
        FeatureLayer? layer = null, ImageShape? imageShape = null, ScoringOptions? scoring = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(weights);
        return new(outputColumnName, inputColumnName, device => weights.CreateNetwork(device: device), ownsNetwork: true, layer, imageShape, scoring);
    }

    /// <summary>Makes features of images with a network out of a model.zip or ONNX file of this library.</summary>
    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="outputColumnName">As for the weights' name.</param>
    /// <param name="inputColumnName">As for the weights' name.</param>
    /// <param name="file">What <see cref="ResNetModelFile"/> read.</param>
    /// <param name="layer">As for the weights' name.</param>
    /// <param name="imageShape">As for the weights' name.</param>
    /// <param name="scoring">As for the weights' name.</param>
    /// <returns>The estimator; it learns nothing from the rows.</returns>
    public static FeaturesEstimator ResNetFeatures(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, OnnxFile file,
        FeatureLayer? layer = null, ImageShape? imageShape = null, ScoringOptions? scoring = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(file);
        return new(outputColumnName, inputColumnName, file.CreateNetwork, ownsNetwork: true, layer, imageShape, scoring);
    }

    /// <summary>Makes features of images with a network, as it is and where it is.</summary>
    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="outputColumnName">As for the weights' name.</param>
    /// <param name="inputColumnName">As for the weights' name.</param>
    /// <param name="network">The network. It stays the caller's and must live as long as the model; ONNX Runtime works with the weights
    /// that it had when the first row was read. The scoring's device has no part: the network's own counts for TorchSharp.</param>
    /// <param name="layer">As for the weights' name.</param>
    /// <param name="imageShape">As for the weights' name.</param>
    /// <param name="scoring">As for the weights' name.</param>
    /// <returns>The estimator; it learns nothing from the rows.</returns>
    public static FeaturesEstimator ResNetFeatures(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName, ClassificationNetwork network,
        FeatureLayer? layer = null, ImageShape? imageShape = null, ScoringOptions? scoring = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(network);
        return new(outputColumnName, inputColumnName, _ => network, ownsNetwork: false, layer, imageShape, scoring);
    }
}
