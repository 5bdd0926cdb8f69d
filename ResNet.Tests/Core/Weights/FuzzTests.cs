using System.Buffers.Binary;
using System.IO.Compression;
using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

/// <summary>
/// Ten thousand mutations of small valid files for each reader: whatever comes, it is weights or an
/// <see cref="InvalidDataException"/>, and the memory is bounded by the length of the file.
/// </summary>
public class FuzzTests
{
    private const int Inputs = 10_000;

    [Fact]
    public void Zip_checkpoints() => Fuzz(
        [WithoutChecksums("types.pth"), WithoutChecksums("nested.pth")],
        input => PyTorchCheckpoint.Read(new MemoryStream(input), "fuzz"));

    [Fact]
    public void Legacy_checkpoints() => Fuzz(
        [WeightFixtures.Bytes("types-legacy.pth"), WeightFixtures.Bytes("nested-legacy.pth")],
        input => PyTorchCheckpoint.Read(new MemoryStream(input), "fuzz"));

    [Fact]
    public void Safetensors_files() => Fuzz(
        [WeightFixtures.Bytes("types.safetensors")],
        input => Safetensors.Read(new MemoryStream(input), "fuzz"));

    [Fact]
    public void TorchSharp_files() => Fuzz(
        [HostileFileTests.TorchSharpFile()],
        input => TorchSharpWeights.Read(new MemoryStream(input), "fuzz"));

    [Fact]
    public void Layers_models_packed() => Fuzz(
        [WeightFixtures.Bytes("keras.tgz")],
        input => KerasLayersModel.Read(new MemoryStream(input), "fuzz"),
        // Small archives may unpack to 4 MiB, and be joined once more.
        anyway: 12 << 20);

    [Fact]
    public void Layers_models_unpacked() => Fuzz(
        [Unpacked()],
        input => KerasLayersModel.Read(new MemoryStream(Stored(input)), "fuzz"),
        anyway: 12 << 20);

    [Fact]
    public void Any_of_them_by_content() => Fuzz(
        [
            WeightFixtures.Bytes("types.pth"), WeightFixtures.Bytes("nested-legacy.pth"), WeightFixtures.Bytes("types.safetensors"),
            WeightFixtures.Bytes("keras.tgz"), HostileFileTests.TorchSharpFile(),
        ],
        input => WeightsFile.Read(new MemoryStream(input), "fuzz"),
        anyway: 12 << 20);

    private static void Fuzz(byte[][] seeds, Func<byte[], StateDict> read, int anyway = 1 << 20)
    {
        var random = new Random(1);
        var outcomes = (Read: 0, Refused: 0);
        for (var i = 0; i < Inputs; i++)
        {
            var input = Mutation.Of(seeds, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                // Weights that come out are whole: their bytes are what their shapes say.
                Assert.All(read(input), entry => Assert.Equal(
                    entry.Value.Shape.Aggregate(1L, (product, size) => product * size), entry.Value.NumberOfElements));
                outcomes.Read++;
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("fuzz: ", error.Message);
                outcomes.Refused++;
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"Input {i} of {input.Length} bytes: {Convert.ToBase64String(input)}", error);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, anyway + (200L * input.Length));
        }

        // The mutations are neither all fatal nor all harmless.
        Assert.InRange(outcomes.Read, 50, Inputs);
        Assert.InRange(outcomes.Refused, 1000, Inputs);
    }

    // Checksums of 0 are not looked at, so that the mutations reach what is behind them.
    internal static byte[] WithoutChecksums(string file)
    {
        var bytes = WeightFixtures.Bytes(file);
        for (var i = 0; i + 46 < bytes.Length; i++)
        {
            if (bytes.AsSpan(i).StartsWith("PK\x01\x02"u8))
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i + 16), 0);
            }
        }

        return bytes;
    }

    private static byte[] Unpacked()
    {
        using var gzip = new GZipStream(new MemoryStream(WeightFixtures.Bytes("keras.tgz")), CompressionMode.Decompress);
        using var tar = new MemoryStream();
        gzip.CopyTo(tar);
        return tar.ToArray();
    }

    // A new checksum for every mutated tar header would be needed, too; they are set right here, so that the rest is reached.
    private static byte[] Stored(byte[] tar)
    {
        for (var header = 0; header + 512 <= tar.Length; header += 512)
        {
            if (tar.AsSpan(header + 257).StartsWith("ustar"u8))
            {
                tar.AsSpan(header + 148, 8).Fill((byte)' ');
                var sum = 0;
                foreach (var value in tar.AsSpan(header, 512))
                {
                    sum += value;
                }

                System.Text.Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(tar.AsSpan(header + 148));
            }
        }

        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(tar);
        }

        return archive.ToArray();
    }
}
