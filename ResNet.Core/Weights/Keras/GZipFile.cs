using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace ResNet.Core;

/// <summary>Unpacks gzip files of one member, whole and with limits.</summary>
internal static class GZipFile
{
    // Weights hardly compress. Whatever unpacks to far more than this is no model, but an attack on the memory.
    private const int MostUnpacked = 16;
    private const long UnpackedAnyway = 4 << 20;

    public static bool Recognize(ReadOnlySpan<byte> data) => data is [0x1f, 0x8b, ..];

    /// <param name="data">The file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is damaged, cut off, or unpacks to much more than it is.</exception>
    public static byte[] Unpack(ReadOnlyMemory<byte> data, string name)
    {
        // A gzip file ends with the length of what is in it; GZipStream checks the checksum, but not that it gets so far.
        var length = data.Length < 18 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(data.Span[^4..]);
        var most = UnpackedAnyway + ((long)MostUnpacked * data.Length);
        if (length > Math.Min(most, Array.MaxLength))
        {
            throw new InvalidDataException($"{name}: its end says that it unpacks to more than {most:N0} bytes; it is cut off, damaged, or no compressed model.");
        }

        var unpacked = new byte[length];
        try
        {
            using var gzip = new GZipStream(Stream(data), CompressionMode.Decompress);
            if (gzip.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false) == length && gzip.ReadByte() < 0)
            {
                return unpacked;
            }
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name}: the gzip data are damaged: {error.Message}", error);
        }

        throw new InvalidDataException($"{name}: the gzip data do not have the length that their end tells; it is cut off or damaged.");
    }

    // Files are arrays here, which a stream may share.
    private static MemoryStream Stream(ReadOnlyMemory<byte> data) => MemoryMarshal.TryGetArray(data, out var array)
        ? new(array.Array!, array.Offset, array.Count, writable: false)
        : new(data.ToArray(), writable: false);
}
