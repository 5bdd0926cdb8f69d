using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Training;

public class BatchSizeTests
{
    [Theory]
    [InlineData(2, 8)]
    [InlineData(160, 8)]
    [InlineData(255, 8)]
    [InlineData(256, 16)]
    [InlineData(1000, 32)]
    [InlineData(2048, 128)]
    [InlineData(1_000_000, 128)]
    public void Small_data_have_small_batches(int images, int expected) => Assert.Equal(expected, AutomaticBatchSize.For(images));

    [Fact]
    public void The_result_says_what_was_chosen()
    {
        using var data = GeneratedImages.Stripes(300);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var result = new Trainer(network, new TrainingOptions { Epochs = 1, BatchSize = TrainingOptions.AutomaticBatchSize, Device = "cpu" }).Fit(data);
        Assert.Equal(16, result.BatchSize);
        Assert.Equal(16, result.MicroBatchSize);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { BatchSize = -2 });
    }

    // ResNet-20 by hand: 7 maps of 16×32×32, 6 of 32×16×16, 6 of 64×8×8 from convolutions, as many from norms; 269,722 weights.
    [Fact]
    public void Memory_is_that_of_maps_and_weights()
    {
        using var network = NetworkPresets.Get("resnet20").Create(seed: 1);
        var memory = StepMemory.Of(network, 32, 32);
        const long largest = 16 * 32 * 32, convolved = (7 * 16 * 32 * 32) + (6 * 32 * 16 * 16) + (6 * 64 * 8 * 8);
        Assert.Equal(4 * ((2 * convolved) + (3 * largest)), memory.PerImage);
        Assert.Equal(4 * 6 * 269_722, memory.Fixed);

        var exactly = (long)((memory.Fixed + (100.5 * memory.PerImage)) / 0.6);
        Assert.Equal(100, memory.Images(exactly));
        Assert.Equal(1, memory.Images(0));
        Assert.InRange(StepMemory.Available(TorchSharp.torch.CPU)!.Value, 1 << 20, long.MaxValue);
    }

    // A last stage of one pixel needs two images for its batch norms.
    [Fact]
    public void Parts_have_two_images_where_not_even_one_fits()
    {
        using var data = GeneratedImages.Stripes(16);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var options = AutomaticBatchSize.Resolve(new TrainingOptions { BatchSize = int.MaxValue / 2 }, network, data, TorchSharp.torch.CPU);
        Assert.InRange(options.MicroBatchSize!.Value, 2, int.MaxValue / 4);
        Assert.Equal(3, AutomaticBatchSize.Resolve(new TrainingOptions { BatchSize = 64, MicroBatchSize = 3 }, network, data, TorchSharp.torch.CPU).MicroBatchSize);
    }
}
