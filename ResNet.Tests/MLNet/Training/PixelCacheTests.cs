using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.MLNet.Training;
using TorchSharp;
using Xunit;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Images are kept as bytes where that loses nothing, in memory and on disk; where they are makes no difference.</summary>
public class PixelCacheTests
{
    [Theory]
    [InlineData(new float[] { 0, 1, 255, 7 }, true)]
    [InlineData(new float[] { 0, 1, 256, 7 }, false)]
    [InlineData(new float[] { 0, -1, 2, 7 }, false)]
    [InlineData(new float[] { 0, 1.5f, 2, 7 }, false)]
    public void WholeNumbersOfAByteAreBytes(float[] pixels, bool bytes)
    {
        using var folder = new TemporaryFolder();
        foreach (var memory in new[] { 1000, 0 })
        {
            using var cache = new PixelCache(new(1, 2, 2), new(memory, folder.Path));
            cache.Add(pixels, [new(0, 1)]);
            Assert.Equal(bytes, cache.IsBytes);
            Assert.Equal((pixels.Min(), pixels.Max()), cache.Range);
            Assert.Equal(bytes ? 4 : 16, memory > 0 ? cache.InMemory : cache.OnDisk);
            using var batch = cache.ToDataset(Labels(cache)).GetBatch([0]);
            Assert.Equal(bytes ? torch.ScalarType.Byte : torch.ScalarType.Float32, batch.Pixels.dtype);
            Assert.Equal(pixels, batch.Pixels.to_type(torch.ScalarType.Float32).flatten().data<float>().ToArray());
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(3)]
    [InlineData(0)]
    public void OneImageOfFractionsTurnsAllToFloats(long memory)
    {
        using var folder = new TemporaryFolder();
        using var cache = new PixelCache(new(1, 1, 2), new(memory, folder.Path));
        cache.Add([1, 2], [new(0, 1)]);
        cache.Add([0.5f, 2], [new(1, 1)]);
        cache.Add([3, 4], [new(0, 1)]);
        Assert.False(cache.IsBytes);
        using var batch = cache.ToDataset(Labels(cache)).GetBatch([2, 0, 1]);
        Assert.Equal([3, 4, 1, 2, 0.5f, 2], batch.Pixels.flatten().data<float>().ToArray());
        Assert.Equal([0, 0, 1], batch.Labels.data<long>().ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatHasNoRoomInMemoryGivesTheSameModelToTheBit(bool fractions)
    {
        using var folder = new TemporaryFolder();
        var expected = Fit(null, out var log);
        Assert.Contains("60 training images: 0.", log);
        Assert.Contains("0.0 MB on disk\n", log);
        // 60 training images of 432 values: a third of them in memory; one; none.
        foreach (var memory in new[] { 20L * 432, 432, 0 })
        {
            Assert.Equal(expected, Fit(memory, out log));
            Assert.Contains($"MB on disk in '{folder.Path}'", log);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        }

        float[] Fit(long? memory, out string log)
        {
            var (ml, lines) = (new MLContext(1), new List<string>());
            ml.Log += (_, e) => lines.Add(e.Message);
            using var model = new ResNetClassificationTrainer(Pictures.Options(o =>
            {
                (o.Seed, o.Threads, o.Context, o.Augmentation, o.Epoch) = (3, 1, ml, Augmentation.Flip(), 2);
                (o.ImageCacheMemory, o.WorkspacePath) = (memory, folder.Path);
            })).Fit(Keyed(60, 1), Keyed(15, 2));
            log = string.Join('\n', lines);
            return Pictures.Weights(model);
        }

        IDataView Keyed(int count, int seed)
        {
            var pictures = Pictures.Make(count, seed);
            // Some of the images take four bytes a value, so all of them are trained on as floats.
            if (fractions) pictures.Where(picture => picture.Id % 4 == 3).ToList().ForEach(picture => picture.Features[7] += 0.5f);
            return Pictures.Keyed(new MLContext(1), pictures);
        }
    }

    [Fact]
    public void MemoryStaysWithinTheBudget()
    {
        using var folder = new TemporaryFolder();
        var (shape, pixels) = (new ImageShape(3, 64, 64), new float[3 * 64 * 64]);
        using var cache = new PixelCache(shape, new(10 * shape.Size, folder.Path));
        Add(10);
        // The heap as a whole is other tests', too.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Add(500);
        // 500 images are 6 MB; what may grow is the list of their places.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal((10L * shape.Size, 500L * shape.Size), (cache.InMemory, cache.OnDisk));
        using var batch = cache.ToDataset(Labels(cache)).GetBatch([509, 3]);
        Assert.Equal([509 % 256, 3], batch.Pixels.to_type(torch.ScalarType.Float32).mean([1L, 2, 3]).data<float>().ToArray());

        void Add(int images)
        {
            for (var i = 0; i < images; i++)
            {
                pixels.AsSpan().Fill(cache.Labels.Count % 256);
                cache.Add(pixels, [new(0, 1)]);
            }
        }
    }

    [Fact]
    public void NothingIsLeftWhereReadingFails()
    {
        using var folder = new TemporaryFolder();
        var pictures = Pictures.Make(30);
        pictures[20].Features[3] = float.NaN;
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o => (o.ImageCacheMemory, o.WorkspacePath) = (0, folder.Path)));
        Assert.Contains("Row 20", Assert.Throws<InvalidDataException>(() => trainer.Fit(Pictures.Keyed(new MLContext(1), pictures))).Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void AFolderThatTakesNothingIsNamed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "");
        var trainer = new ResNetClassificationTrainer(Pictures.Options(o => (o.ImageCacheMemory, o.WorkspacePath) = (0, folder.File("file"))));
        var message = Assert.ThrowsAny<IOException>(() => trainer.Fit(Pictures.Keyed(new MLContext(1), Pictures.Make(30)))).Message;
        Assert.Contains(folder.File("file"), message);
        Assert.Contains("give another folder as WorkspacePath, or allow more memory", message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Pictures.Options(o => o.ImageCacheMemory = -1));
    }

    private static ImageLabels Labels(PixelCache cache) => ImageLabels.One([.. cache.Labels.Select(label => label[0].Class)], 2);
}
