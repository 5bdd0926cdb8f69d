using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// What identifies contents: the first 128 bits of a SHA-256. Of images as they reach the network, so that whatever changes them
/// changes the key: another file, another preparation, another augmentation.
/// </summary>
public readonly record struct FeatureKey
{
    internal const int Size = 16;

    // Another number where the features of the same network and pixels would come out otherwise.
    private const string Version = "2";

    private readonly UInt128 value;

    private FeatureKey(UInt128 value) => this.value = value;

    /// <summary>The key of an image.</summary>
    /// <param name="pixels">Its values, channel by channel.</param>
    public static FeatureKey OfImage(ReadOnlySpan<float> pixels)
    {
        // A quarter of the bytes to hash, where that loses nothing. One byte more than these tells the two kinds apart.
        var bytes = ArrayPool<byte>.Shared.Rent(pixels.Length + 1);
        try
        {
            bytes[pixels.Length] = 0;
            return Of(SHA256.HashData(TryNarrow(pixels, bytes) ? bytes.AsSpan(0, pixels.Length + 1) : MemoryMarshal.AsBytes(pixels)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

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
        // Each by itself, so that all cores take part.
        var tensors = network.state_dict().Where(named => !named.Key.StartsWith(head, StringComparison.Ordinal)).ToArray();
        var hashes = new byte[tensors.Length][];
        Parallel.For(0, tensors.Length, i => hashes[i] = Hash(tensors[i].Value));
        foreach (var ((name, tensor), content) in tensors.Zip(hashes))
        {
            Text($"{name} {tensor.dtype} {string.Join(' ', tensor.shape)}");
            hash.AppendData(content);
        }

        return Of(hash.GetHashAndReset());

        void Text(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    internal static FeatureKey Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128LittleEndian(bytes));

    internal void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);

    // In place where the values lie in order in the CPU's memory.
    private static byte[] Hash(Tensor tensor) => tensor.device.type == DeviceType.CPU && tensor.is_contiguous()
        ? SHA256.HashData(tensor.bytes)
        : SHA256.HashData(WeightTensor.Of(tensor).Data.Span);

    // Writes the values as bytes; false where one is no whole number in 0..255.
    private static bool TryNarrow(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        var i = 0;
        for (; i <= values.Length - (4 * Vector<float>.Count); i += 4 * Vector<float>.Count)
        {
            if (!(TryWhole(values[i..], out var a) && TryWhole(values[(i + Vector<float>.Count)..], out var b)
                && TryWhole(values[(i + (2 * Vector<float>.Count))..], out var c) && TryWhole(values[(i + (3 * Vector<float>.Count))..], out var d)))
            {
                return false;
            }

            Vector.Narrow(Vector.Narrow(a, b), Vector.Narrow(c, d)).CopyTo(bytes[i..]);
        }

        for (; i < values.Length; i++)
        {
            bytes[i] = (byte)Math.Clamp(values[i], 0, 255);
            if (bytes[i] != values[i] || float.IsNegative(values[i]))
            {
                return false;
            }
        }

        return true;

        static bool TryWhole(ReadOnlySpan<float> values, out Vector<uint> whole)
        {
            var floats = new Vector<float>(values);
            whole = Vector.AsVectorUInt32(Vector.ConvertToInt32(floats));
            // Bits, so that −0 is another value than 0.
            return Vector.LessThanOrEqualAll(whole, new Vector<uint>(255))
                && Vector.EqualsAll(Vector.AsVectorUInt32(Vector.ConvertToSingle(Vector.AsVectorInt32(whole))), Vector.AsVectorUInt32(floats));
        }
    }

    private static FeatureKey Of(ReadOnlySpan<byte> sha256) => Read(sha256);
}
