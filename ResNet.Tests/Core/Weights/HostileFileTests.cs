using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

/// <summary>Files of every format that are cut off, damaged or lie.</summary>
public class HostileFileTests
{
    [Theory]
    [InlineData("types.pth")]
    [InlineData("types-legacy.pth")]
    [InlineData("types.safetensors")]
    [InlineData("keras.tgz")]
    public void No_part_of_a_file_reads_as_a_whole(string file)
    {
        var bytes = WeightFixtures.Bytes(file);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => WeightsFile.Read(new MemoryStream(bytes, 0, length), file));
        }
    }

    [Fact]
    public void No_part_of_a_TorchSharp_file_reads_as_a_whole()
    {
        var bytes = TorchSharpFile();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => TorchSharpWeights.Read(new MemoryStream(bytes, 0, length), "part"));
        }
    }

    [Theory]
    [InlineData("types.pth")]
    [InlineData("keras.tgz")]
    public void Where_there_are_checksums_a_flipped_bit_is_noticed_or_changes_nothing(string file)
    {
        var expected = WeightsFile.Read(WeightFixtures.File(file));
        var bytes = WeightFixtures.Bytes(file);
        var noticed = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                var read = WeightsFile.Read(new MemoryStream(bytes), file);
                Assert.Equal(expected.Keys, read.Keys);
                Assert.All(expected, entry => Assert.True(entry.Value.Data.Span.SequenceEqual(read[entry.Key].Data.Span), $"bit {bit}"));
            }
            catch (InvalidDataException)
            {
                noticed++;
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.InRange(noticed, bytes.Length, bytes.Length * 8);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "belong to none")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "cut off")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "should lie")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", 8, "are no [2] of F64")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "are no")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}""", 8, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "two numbers")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "F8_E4M3")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype")]
    [InlineData("""{"a":5}""", 0, "no object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, "twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "texts only")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", 0, "Unicode")]
    [InlineData("""[]""", 0, "no JSON object")]
    [InlineData("""{"a":""", 0, "no JSON")]
    public void Safetensors_headers_that_lie_are_refused(string header, int data, string expected)
    {
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file), "lies.safetensors")).Message);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 62)]
    [InlineData(1UL << 31)]
    public void A_header_longer_than_the_file_is_refused(ulong length)
    {
        var file = WeightFixtures.Bytes("types.safetensors");
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file), "lies")).Message);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var header = "{\"a\":" + new string('[', 100_000);
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header)];
        Assert.Throws<InvalidDataException>(() => Safetensors.Read(new MemoryStream(file), "deep"));
    }

    [Theory]
    [InlineData("ffffffffffffffffff7f", "2^63")]
    [InlineData("ffffffffffffffff7f", "cut off")]
    [InlineData("01ffffffff0f", "cut off")]
    [InlineData("0101610601ffffffffffffffff7f", "shape")]
    [InlineData("0101610602ffffffff7fffffffff7f", "shape")]
    [InlineData("01016106ffffffff7f", "dimensions")]
    [InlineData("0101616300", "type 99")]
    [InlineData("010161060200ffffffff0f", null)]
    [InlineData("0101610000ff00", "follow")]
    [InlineData("0201610000ff01610000ff", "twice")]
    public void TorchSharp_files_that_lie_are_refused(string hex, string? expected)
    {
        StateDict Read() => TorchSharpWeights.Read(new MemoryStream(Convert.FromHexString(hex)), "lies.dat");
        if (expected is null)
        {
            // [0, 2^32]: large, but nothing.
            Assert.Equal(0, Assert.Single(Read()).Value.NumberOfElements);
            return;
        }

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(Read).Message);
    }

    [Fact]
    public void Compressed_entries_cannot_be_bombs()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("archive/data.pkl", CompressionLevel.SmallestSize).Open();
            entry.Write(new byte[32 << 20]);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("compressed", Refused(stream.ToArray()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Names_out_of_the_archive_are_only_names()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("../../data.pkl", CompressionLevel.NoCompression).Open().Dispose();
        }

        Assert.Contains("no data.pkl", Refused(stream.ToArray()));
    }

    [Fact]
    public void A_zip_of_many_entries_costs_what_it_is()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 20_000; i++)
            {
                zip.CreateEntry($"e/{i}", CompressionLevel.NoCompression).Open().Dispose();
            }
        }

        var file = stream.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("no data.pkl", Refused(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * file.Length);
    }

    [Fact]
    public void Entries_that_lie_upon_each_other_are_refused()
    {
        // Every storage's entry points to the first one and is as long as almost the whole file; checksums are not recorded.
        var file = FuzzTests.WithoutChecksums("types.pth");
        var first = file.AsSpan().IndexOf("types/data/0"u8) is > 0 and var name ? name - 30 : throw new InvalidDataException();
        for (var i = 0; i + 46 < file.Length; i++)
        {
            if (file.AsSpan(i).StartsWith("PK\x01\x02"u8) && file.AsSpan(i + 46).IndexOf("/data/"u8) is >= 0 and < 20)
            {
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(i + 20), 1500);
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(i + 24), 1500);
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(i + 42), first);
            }
        }

        Assert.Contains("overlap", Refused(file));
    }

    [Fact]
    public void A_zip64_of_other_places_is_refused()
    {
        var file = WeightFixtures.Bytes("types.pth");
        var end = file.AsSpan().LastIndexOf("PK\x06\x06"u8);
        foreach (var (offset, value) in new[] { (48, long.MaxValue), (48, -1), (48, 7), (32, 1L << 60), (32, -1) })
        {
            var changed = file.ToArray();
            BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(end + offset), value);
            Refused(changed);
        }
    }

    private static string Refused(byte[] file) =>
        Assert.Throws<InvalidDataException>(() => WeightsFile.Read(new MemoryStream(file), "file.pth")).Message;

    internal static byte[] TorchSharpFile()
    {
        using var stream = new MemoryStream();
        TorchSharpWeights.Write(stream, WeightsFile.Read(WeightFixtures.File("types.pth")));
        return stream.ToArray();
    }
}
