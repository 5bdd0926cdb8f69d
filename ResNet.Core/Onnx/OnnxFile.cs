using System.Text.Json;
using Google.Protobuf;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// An ONNX file that <see cref="OnnxExport"/> wrote, read back: specification, labels, preprocessing and weights. The graph
/// itself is not read; the network is built anew from the specification, so that it can be trained on. Files of others
/// are refused. Immutable, safe to share between threads.
/// </summary>
public sealed class OnnxFile
{
    private OnnxFile(OnnxHeader header, StateDict weights) => (Header, Weights) = (header, weights);

    /// <summary>The network that the file holds.</summary>
    public NetworkSpecification Specification => Header.Specification;

    /// <summary>The classes' names in order; null where the file has none.</summary>
    public IReadOnlyList<string>? Labels => Header.Labels;

    /// <summary>From which probability on an image has a class, where it may have several; null where the file does not say.</summary>
    public IReadOnlyList<float>? Thresholds => Header.Thresholds;

    /// <summary>How a photo becomes the network's input; null where the file does not say.</summary>
    public Preprocessing? Preprocessing => Header.Preprocessing;

    /// <summary>The names and types of the graph's input and outputs.</summary>
    public OnnxSignature Signature => Header.Signature;

    /// <summary>Everything in the file's metadata_props.</summary>
    public IReadOnlyDictionary<string, string> Metadata => Header.Metadata;

    /// <summary>Parameters and running statistics by their keys in the state_dict.</summary>
    public StateDict Weights { get; }

    /// <summary>All that the file says of itself.</summary>
    public OnnxHeader Header { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or not written by this library; the message says what is wrong.</exception>
    public static OnnxFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Read(() => File.OpenRead(path), path);
    }

    /// <summary>Reads a file in memory.</summary>
    /// <param name="bytes">The file's contents; the weights keep no part of it.</param>
    /// <param name="name">What the file is called in errors.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or not written by this library; the message says what is wrong.</exception>
    public static OnnxFile Read(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Read(() => new MemoryStream(bytes, writable: false), name);
    }

    /// <summary>Builds the network with the file's weights.</summary>
    /// <param name="device">Where the weights live. Default: the CPU.</param>
    /// <returns>The network, in train mode as any new module; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The weights are not those of the specification's network.</exception>
    public ClassificationNetwork CreateNetwork(Device? device = null)
    {
        // Fixed seed: the fresh weights, all replaced, shall not advance torch's global generator.
        var network = Specification.Create(device: null, seed: 0);
        try
        {
            OnnxWeights.Load(network, Weights);
            return device is null ? network : network.to(device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <param name="open">Opens the file from its beginning; called twice.</param>
    /// <param name="name">What the file is called in errors.</param>
    internal static OnnxFile Read(Func<Stream> open, string name)
    {
        var header = ReadHeader(open, name);
        return Guard(name, () =>
        {
            using var stream = open();
            var weights = OnnxReader.Weights(stream);
            OnnxWeights.CheckSize(header.Specification, weights);
            return new OnnxFile(header, weights);
        });
    }

    /// <summary>Reads the metadata alone; of a file as written here, only its first kilobytes are touched.</summary>
    /// <param name="open">Opens the file from its beginning.</param>
    /// <param name="name">What the file is called in errors.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or not written by this library; the message says what is wrong.</exception>
    public static OnnxHeader ReadHeader(Func<Stream> open, string name) => Guard(name, () =>
    {
        using var stream = open();
        return OnnxHeader.Of(OnnxReader.Metadata(stream));
    });

    /// <summary>The same file with a float32 input n×C×H×W, whatever <see cref="OnnxSignature.Bytes"/> and <see cref="OnnxSignature.Layout"/> say.</summary>
    /// <param name="bytes">The file's contents; left as they are.</param>
    /// <param name="signature">The file's signature.</param>
    /// <param name="name">What the file is called in errors.</param>
    /// <returns>The bytes themselves where the input is so already, else a changed copy.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or not written by this library.</exception>
    public static byte[] WithPlanarInput(byte[] bytes, OnnxSignature signature, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(signature);
        return signature is { Bytes: false, Layout: PixelLayout.Planar } ? bytes : Guard(name, () => OnnxValue.WithPlanarInput(bytes));
    }

    private static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or EndOfStreamException or NotSupportedException)
        {
            throw new InvalidDataException($"{name} is no ONNX file, or a damaged one: {error.Message}", error);
        }
        catch (Exception error) when (error is ArgumentException or JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{name}: {error.Message}", error);
        }
    }
}
