using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ResNet.Core;

/// <summary>
/// A file of features: a head (magic number, backbone, length, checksum) and entries of one size (image, features, checksum). What does
/// not fill an entry at the end is no part of it.
/// </summary>
internal sealed class FeatureFile : IDisposable
{
    private static readonly byte[] Magic = "RNFEAT01"u8.ToArray();

    private readonly SafeFileHandle handle;
    private readonly int length;
    private readonly long entries;
    private readonly byte[] entry;

    private FeatureFile(SafeFileHandle handle, int length)
    {
        (this.handle, this.length) = (handle, length);
        entry = new byte[EntrySize(length)];
        entries = (RandomAccess.GetLength(handle) - HeadSize) / entry.Length;
    }

    private static int HeadSize => Magic.Length + FeatureKey.Size + (2 * sizeof(int));

    /// <summary>The file; null where it is none of these, of another backbone, or cut within its head.</summary>
    public static FeatureFile? TryOpen(string path, FeatureKey backbone, int length)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, share: FileShare.Read | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            // Somebody has cleared the folder meanwhile.
            return null;
        }

        Span<byte> head = stackalloc byte[HeadSize];
        if (RandomAccess.Read(handle, head, 0) == head.Length && head.SequenceEqual(Head(backbone, length)))
        {
            return new FeatureFile(handle, length);
        }

        handle.Dispose();
        return null;
    }

    public static byte[] Head(FeatureKey backbone, int length)
    {
        var head = new byte[HeadSize];
        Magic.CopyTo(head, 0);
        backbone.Write(head.AsSpan(Magic.Length));
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(^(2 * sizeof(int))), length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(^sizeof(int)), Crc32.Of(head.AsSpan(..^sizeof(int))));
        return head;
    }

    public static int EntrySize(int length) => FeatureKey.Size + (length * sizeof(float)) + sizeof(uint);

    public static void WriteEntry(Span<byte> entry, FeatureKey image, ReadOnlySpan<float> features)
    {
        image.Write(entry);
        MemoryMarshal.AsBytes(features).CopyTo(entry[FeatureKey.Size..]);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[^sizeof(uint)..], Crc32.Of(entry[..^sizeof(uint)]));
    }

    /// <summary>The images, as far as the file says; their entries may be damaged.</summary>
    public IEnumerable<(FeatureKey Image, long Entry)> Keys()
    {
        var key = new byte[FeatureKey.Size];
        for (var i = 0L; i < entries; i++)
        {
            if (RandomAccess.Read(handle, key, Offset(i)) == key.Length)
            {
                yield return (FeatureKey.Read(key), i);
            }
        }
    }

    /// <summary>Reads an entry; false where it is damaged.</summary>
    public bool TryRead(long number, FeatureKey image, Span<float> features)
    {
        try
        {
            if (RandomAccess.Read(handle, entry, Offset(number)) != entry.Length)
            {
                return false;
            }
        }
        catch (IOException)
        {
            return false;
        }

        if (FeatureKey.Read(entry) != image || BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(^sizeof(uint))) != Crc32.Of(entry.AsSpan(..^sizeof(uint))))
        {
            return false;
        }

        MemoryMarshal.Cast<byte, float>(entry.AsSpan(FeatureKey.Size, length * sizeof(float))).CopyTo(features);
        return true;
    }

    public void Dispose() => handle.Dispose();

    private long Offset(long number) => HeadSize + (number * entry.Length);
}
