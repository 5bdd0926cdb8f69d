using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ResNet.MLNet.Data;

/// <summary>What tells whether two image files are the same, or look the same.</summary>
/// <param name="Content">SHA-256 of the file's bytes.</param>
/// <param name="Look">What the picture looks like; null where that was not wanted or it is all of one colour.</param>
internal readonly record struct Fingerprint((UInt128, UInt128) Content, PictureLook? Look)
{
    public static (UInt128, UInt128) OfBytes(ReadOnlySpan<byte> file)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(file, hash);
        return (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
