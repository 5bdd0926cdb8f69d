using Microsoft.Extensions.AI;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Embeddings;
using static TorchSharp.torch;

namespace ResNet.MLNet;

/// <summary>
/// Embeddings of images for what is built on Microsoft.Extensions.AI (vector stores, pipelines): what a network's classifier sees of an
/// image. Photos of any size; files and bytes are turned upright by EXIF, then resized and cropped as the weights want it
/// (<see cref="PrepareImagesMode.Exact"/>). The vectors are those of <c>ml.Transforms.ResNetFeatures</c>.
/// </summary>
/// <remarks>
/// <para>Images pass through in batches of <see cref="ScoringOptions.BatchSize"/>, while the next ones are decoded on all cores.</para>
/// <para>Thread safety: all members can be used from several threads at once; <see cref="Dispose"/> must not overlap with them.</para>
/// </remarks>
/// <typeparam name="TInput"><see cref="string"/>: paths of image files; <see cref="DataContent"/>: image files as bytes or data URIs;
/// <see cref="MLImage"/>: decoded images, which stay the caller's.</typeparam>
public sealed class ImageEmbeddingGenerator<TInput> : IEmbeddingGenerator<TInput, Embedding<float>>
    where TInput : class
{
    private readonly ImageEmbeddings<TInput> _embeddings;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>With published weights, which are downloaded where they are not in the cache.</summary>
    /// <param name="weights">What <see cref="Pretrained.Get"/> returns.</param>
    /// <param name="layer">Which values, pooled or not; null (default): <see cref="FeatureLayer.Embedding"/>.</param>
    /// <param name="scoring">Batch size, engine and device; null: the defaults.</param>
    /// <exception cref="IOException">The weights are not on this machine and cannot be downloaded; the message says what to put where.</exception>
    /// <exception cref="NotSupportedException">The type of inputs is none of those three.</exception>
    public ImageEmbeddingGenerator(PretrainedWeights weights, FeatureLayer? layer = null, ScoringOptions? scoring = null)
        : this(device => Checked(weights).CreateNetwork(device: device), ownsNetwork: true, Checked(weights).Preprocessing, Checked(weights).Name, layer, scoring)
    {
    }

    /// <summary>With a network out of a model.zip or ONNX file of this library.</summary>
    /// <param name="file">What <see cref="ResNetModelFile"/> read.</param>
    /// <param name="preprocessing">How a photo becomes the network's input; null (default): as the file says.</param>
    /// <param name="layer">As for weights.</param>
    /// <param name="scoring">As for weights.</param>
    /// <exception cref="ArgumentException">The file does not say how photos are prepared, and neither does the caller.</exception>
    /// <exception cref="NotSupportedException">The type of inputs is none of those three.</exception>
    public ImageEmbeddingGenerator(OnnxFile file, Preprocessing? preprocessing = null, FeatureLayer? layer = null, ScoringOptions? scoring = null)
        : this(
            Checked(file).CreateNetwork, ownsNetwork: true,
            preprocessing ?? Checked(file).Preprocessing ?? throw new ArgumentException(
                "The file does not say how a photo becomes the network's input; give preprocessing, as Preprocessing.Square(64).", nameof(preprocessing)),
            Checked(file).Specification.Name, layer, scoring)
    {
    }

    /// <summary>With a network, as it is and where it is.</summary>
    /// <param name="network">The network. It stays the caller's and must live as long as the generator; ONNX Runtime works with the weights
    /// that it had at the first image.</param>
    /// <param name="preprocessing">How a photo becomes its input.</param>
    /// <param name="layer">As for weights.</param>
    /// <param name="scoring">As for weights; the network's own device counts for TorchSharp.</param>
    /// <exception cref="NotSupportedException">The type of inputs is none of those three.</exception>
    public ImageEmbeddingGenerator(ClassificationNetwork network, Preprocessing preprocessing, FeatureLayer? layer = null, ScoringOptions? scoring = null)
        : this(_ => Checked(network), ownsNetwork: false, Checked(preprocessing), Checked(network).Specification.Name, layer, scoring)
    {
    }

    private ImageEmbeddingGenerator(
        Func<Device, ClassificationNetwork> network, bool ownsNetwork, Preprocessing preprocessing, string name, FeatureLayer? layer, ScoringOptions? scoring)
    {
        _embeddings = new(network, ownsNetwork, preprocessing, layer ?? FeatureLayer.Embedding, ScoringOptions.ForFeatures(scoring));
        _metadata = new("ResNet.MLNet", providerUri: null, name, _embeddings.Length);
    }

    /// <summary>Number of values of one image's embedding.</summary>
    public int Dimensions => _embeddings.Length;

    /// <summary>One embedding for each input, in their order.</summary>
    /// <param name="values">Paths, contents or images, any number.</param>
    /// <param name="options">ModelId and Dimensions may be null or must be the generator's own. null: nothing special.</param>
    /// <param name="cancellationToken">Stops between batches, and between images that are decoded.</param>
    /// <returns>The embeddings, with <see cref="Embedding.ModelId"/> the network's name.</returns>
    /// <exception cref="InvalidDataException">An input can't be read; the message names it by number and name and says why.</exception>
    /// <exception cref="ArgumentException">The options ask for another model or length.</exception>
    /// <exception cref="ObjectDisposedException">The generator has been disposed of.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } length && length != Dimensions)
            throw new ArgumentException($"Embeddings of {length} values are asked for, but {_metadata.DefaultModelId} gives {Dimensions}.", nameof(options));
        if (options?.ModelId is { } model && model != _metadata.DefaultModelId)
            throw new ArgumentException($"The model '{model}' is asked for, but this generator is {_metadata.DefaultModelId}.", nameof(options));
        var inputs = values.ToArray();
        var vectors = await Task.Run(() => _embeddings.ComputeAsync(inputs, cancellationToken), cancellationToken).ConfigureAwait(false);
        var now = DateTimeOffset.UtcNow;
        return [.. vectors.Select(vector => new Embedding<float>(vector) { CreatedAt = now, ModelId = _metadata.DefaultModelId })];
    }

    /// <summary>The metadata (<see cref="EmbeddingGeneratorMetadata"/>), the network, or the generator itself.</summary>
    /// <param name="serviceType">What is asked for.</param>
    /// <param name="serviceKey">Must be null: nothing here has a key.</param>
    /// <returns>The service, or null where there is none of that type.</returns>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        return serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(_embeddings.Network) && serviceType != typeof(object) ? _embeddings.Network
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Frees the network, unless it was given by the caller. Calling it again does nothing.</summary>
    public void Dispose() => _embeddings.Dispose();

    private static T Checked<T>(T? value) where T : class => value ?? throw new ArgumentNullException(typeof(T).Name);
}
