using ResNet.Core;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Data;

public class InMemoryImageDatasetTests
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 5 * 2 * 1 * 3).Select(i => (byte)i)];

    [Fact]
    public void A_batch_holds_the_images_asked_for_in_that_order()
    {
        using var data = new InMemoryImageDataset(Pixels, [0, 1, 2, 0, 1], channels: 2, height: 1, width: 3, classes: 3);
        using var batch = data.GetBatch([4, 0]);
        Assert.Equal(ScalarType.Byte, batch.Pixels.dtype);
        Assert.Equal([2, 2, 1, 3], batch.Pixels.shape);
        Assert.Equal([24, 25, 26, 27, 28, 29, 0, 1, 2, 3, 4, 5], batch.Pixels.bytes.ToArray());
        Assert.Equal([1L, 0L], batch.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Floats_stay_floats()
    {
        using var data = new InMemoryImageDataset([.. Pixels.Select(value => value + 0.5f)], [0, 1, 2, 0, 1], 2, 1, 3, 3);
        using var batch = data.GetBatch([1]);
        Assert.Equal(ScalarType.Float32, batch.Pixels.dtype);
        Assert.Equal([6.5f, 7.5f, 8.5f, 9.5f, 10.5f, 11.5f], batch.Pixels.data<float>().ToArray());
    }

    [Fact]
    public void One_array_an_image_is_the_same_as_one_for_all()
    {
        var images = Enumerable.Range(0, 5).Select(i => (ReadOnlyMemory<byte>)Pixels.AsMemory(i * 6, 6));
        using var data = new InMemoryImageDataset(images, [0, 1, 2, 0, 1], 2, 1, 3, 3);
        using var batch = data.GetBatch([0, 1, 2, 3, 4]);
        Assert.Equal(Pixels, batch.Pixels.bytes.ToArray());
    }

    [Fact]
    public void Labels_out_of_range_are_refused() =>
        Assert.Contains("image 2 has label 3", Assert.Throws<ArgumentException>(() => new InMemoryImageDataset(Pixels, [0, 1, 3, 0, 1], 2, 1, 3, 3)).Message);

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Contains("4 labels", Assert.Throws<ArgumentException>(() => new InMemoryImageDataset(Pixels, [0, 1, 2, 0], 2, 1, 3, 3)).Message);
        Assert.Contains("image 4 has 5", Assert.Throws<ArgumentException>(() => new InMemoryImageDataset(Pixels[..^1], [0, 1, 2, 0, 1], 2, 1, 3, 3)).Message);
    }

    [Fact]
    public void One_class_is_refused() =>
        Assert.Contains("at least 2", Assert.Throws<ArgumentException>(() => new InMemoryImageDataset(Pixels, [0, 0, 0, 0, 0], 2, 1, 3, 1)).Message);

    [Fact]
    public void A_split_keeps_the_mix_of_classes_and_loses_no_image()
    {
        var labels = Enumerable.Range(0, 100).Select(i => i < 70 ? 0 : i < 98 ? 1 : 2).ToArray();
        using var data = new InMemoryImageDataset(new byte[100], labels, 1, 1, 1, 3);
        var (train, validation) = data.Split(0.1, seed: 3);
        Assert.Equal([7, 3, 1], Mix(validation));
        Assert.Equal([63, 25, 1], Mix(train));
        Assert.Equal(Enumerable.Range(0, 100), train.Indices.Concat(validation.Indices).Order());

        int[] Mix(SubsetImageDataset part) => [.. Enumerable.Range(0, 3).Select(label => part.Indices.Count(i => labels[i] == label))];
    }

    [Fact]
    public void The_seed_alone_decides_the_split()
    {
        using var data = GeneratedImages.Stripes(80);
        Assert.Equal(data.Split(0.25, 1).Validation.Indices, data.Split(0.25, 1).Validation.Indices);
        Assert.NotEqual(data.Split(0.25, 1).Validation.Indices, data.Split(0.25, 2).Validation.Indices);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_of_nothing_or_all_is_refused(double fraction)
    {
        using var data = GeneratedImages.Stripes(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(fraction, 0));
    }

    [Fact]
    public void A_subset_reads_its_own_images()
    {
        using var data = new InMemoryImageDataset(Pixels, [0, 1, 2, 0, 1], 2, 1, 3, 3);
        var subset = new SubsetImageDataset(data, [3, 1]);
        using var batch = subset.GetBatch([1, 0]);
        Assert.Equal(2, subset.Count);
        Assert.Equal([1L, 0L], batch.Labels.data<long>().ToArray());
        Assert.Equal(6, batch.Pixels.bytes[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubsetImageDataset(data, [5]));
    }

    [Fact]
    public void After_disposal_it_says_so()
    {
        var data = GeneratedImages.Stripes(4);
        data.Dispose();
        Assert.Throws<ObjectDisposedException>(() => data.GetBatch([0]));
    }
}
