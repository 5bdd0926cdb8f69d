using Microsoft.ML;
using ResNet.Core;

namespace ResNet.MLNet;

/// <summary>Brings trained networks to <c>ml.Transforms</c>.</summary>
public static class ClassifyImagesCatalog
{
    /// <summary>
    /// Classifies images with published weights, without training. Put <c>PrepareImages</c> with the weights'
    /// <see cref="PretrainedWeights.Preprocessing"/> before.
    /// </summary>
    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="weights">What <see cref="Pretrained.Get"/> returns.</param>
    /// <param name="options">Columns, batch size, device; null: the defaults.</param>
    /// <param name="cache">Where the file is, or is downloaded to, when the estimator is fitted; null: <see cref="WeightsCache.DefaultFolder"/>.</param>
    /// <returns>The estimator; it learns nothing from data.</returns>
    public static ClassifyImagesEstimator ClassifyImages(
        this TransformsCatalog catalog, PretrainedWeights weights, ClassifyImagesOptions? options = null, WeightsCache? cache = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(weights);
        return new(weights.Specification, weights.Labels, device => weights.CreateNetwork(cache: cache, device: device), weights.Preprocessing, options);
    }

    /// <summary>Classifies images with weights of one's own, without training.</summary>
    /// <param name="catalog">The transforms of <c>ml.Transforms</c>.</param>
    /// <param name="specification">The network; its Classes is the number of labels.</param>
    /// <param name="weights">All its weights, such as <see cref="WeightsFile.Read(string)"/> returns.</param>
    /// <param name="labels">The classes' names, each different, in the order of the network's outputs.</param>
    /// <param name="options">Columns, batch size, device; null: the defaults.</param>
    /// <returns>The estimator; it learns nothing from data.</returns>
    /// <exception cref="ArgumentException">The labels are not as many as the classes, or one comes twice.</exception>
    public static ClassifyImagesEstimator ClassifyImages(
        this TransformsCatalog catalog, NetworkSpecification specification, StateDict weights, IReadOnlyList<string> labels,
        ClassifyImagesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(labels);
        return new(specification, labels, device => specification.Create(weights, device), preprocessing: null, options);
    }
}
