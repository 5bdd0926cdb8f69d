using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ResNet.Core;

/// <summary>
/// What identifies contents: the first 128 bits of a SHA-256. Of images as they reach the network, so that whatever changes them
/// changes the key: another file, another preparation, another augmentation.
/// </summary>
public readonly record struct FeatureKey
{
    internal const int Size = 16;

    // Another number where the features of the same network and pixels would come out otherwise.
    private const string Version = "1";

    private readonly UInt128 value;

    private FeatureKey(UInt128 value) => this.value = value;

    /// <summary>The key of an image.</summary>
    /// <param name="pixels">Its values, channel by channel.</param>
    public static FeatureKey OfImage(ReadOnlySpan<float> pixels) => Of(SHA256.HashData(MemoryMarshal.AsBytes(pixels)));

    /// <summary>The key of all that makes features out of images: the network without its classifier, its weights, the layer, the images' size.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">Which values.</param>
    /// <param name="height">Height of the images in pixels.</param>
    /// <param name="width">Width of the images in pixels.</param>
    /// <param name="engine">What runs the network, since engines differ in their last digits.</param>
    public static FeatureKey OfBackbone(ClassificationNetwork network, FeatureLayer layer, int height, int width, string engine)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(layer);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The classifier, and what only trains it, have no part.
        var specification = network.Specification with { Name = "", Classes = 2, HeadDropout = 0, InputSize = network.Specification.Stride };
        var head = network.named_children().Single(child => child.module == network.Head).name + ".";
        Text($"{Version} {specification.ToJson()} {layer.Stage ?? network.StageCount} {layer.Pooled} {height}×{width} {engine}");
        foreach (var (name, tensor) in network.state_dict())
        {
            if (!name.StartsWith(head, StringComparison.Ordinal))
            {
                Text(name);
                hash.AppendData(WeightTensor.Of(tensor).Data.Span);
            }
        }

        return Of(hash.GetHashAndReset());

        void Text(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    internal static FeatureKey Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128LittleEndian(bytes));

    internal void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);

    private static FeatureKey Of(ReadOnlySpan<byte> sha256) => Read(sha256);
}
