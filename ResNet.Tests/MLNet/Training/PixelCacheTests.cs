using ResNet.MLNet.Training;
using TorchSharp;
using Xunit;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Images are kept as bytes where that loses nothing.</summary>
public class PixelCacheTests
{
    [Theory]
    [InlineData(new float[] { 0, 1, 255, 7 }, true)]
    [InlineData(new float[] { 0, 1, 256, 7 }, false)]
    [InlineData(new float[] { 0, -1, 2, 7 }, false)]
    [InlineData(new float[] { 0, 1.5f, 2, 7 }, false)]
    public void WholeNumbersOfAByteAreBytes(float[] pixels, bool bytes)
    {
        var cache = new PixelCache(new(1, 2, 2));
        cache.Add(pixels, 0);
        Assert.Equal(bytes, cache.IsBytes);
        Assert.Equal((pixels.Min(), pixels.Max()), cache.Range);
        using var batch = cache.ToDataset(2).GetBatch([0]);
        Assert.Equal(bytes ? torch.ScalarType.Byte : torch.ScalarType.Float32, batch.Pixels.dtype);
        Assert.Equal(pixels, batch.Pixels.to_type(torch.ScalarType.Float32).flatten().data<float>().ToArray());
    }

    [Fact]
    public void OneImageOfFractionsTurnsAllToFloats()
    {
        var cache = new PixelCache(new(1, 1, 2));
        cache.Add([1, 2], 0);
        cache.Add([0.5f, 2], 1);
        cache.Add([3, 4], 0);
        Assert.False(cache.IsBytes);
        using var batch = cache.ToDataset(2).GetBatch([2, 0, 1]);
        Assert.Equal([3, 4, 1, 2, 0.5f, 2], batch.Pixels.flatten().data<float>().ToArray());
        Assert.Equal([0, 0, 1], batch.Labels.data<long>().ToArray());
    }
}
