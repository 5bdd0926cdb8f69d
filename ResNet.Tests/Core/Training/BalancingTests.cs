using ResNet.Core;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Training;

public class BalancingTests
{
    private static readonly TrainingOptions Quick = new() { Epochs = 1, BatchSize = 16, LearningRate = 0.05, Device = "cpu", Threads = 1 };

    [Fact]
    public void Balanced_weights_are_scikit_learns()
    {
        // Of 12 images, 6, 3, 2 and 1: 12 / (4 × count).
        using var data = Uneven([6, 3, 2, 1]);
        var given = Weights(data, Quick with { ClassWeights = [0.5, 1, 1.5, 3] });
        Assert.Equal(given, Weights(data, Quick with { ClassBalancing = ClassBalancing.Weights }));
        Assert.NotEqual(given, Weights(data, Quick));
    }

    [Fact]
    public void Sampling_draws_each_class_equally_often()
    {
        int[] counts = [900, 60, 30, 10];
        using var data = Uneven(counts);
        var counting = new Counting(data);
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var result = new Trainer(network, Quick with { BatchSize = 250, ClassBalancing = ClassBalancing.Sampling }).Fit(counting);

        // Each image was read once more, for its label.
        var drawn = counting.Seen.Zip(counts, (seen, count) => seen - count).ToArray();
        Assert.Equal(1000, drawn.Sum());
        Assert.All(drawn, count => Assert.InRange(count, 200, 300));
        Assert.Single(result.Epochs);
    }

    [Fact]
    public void Labels_come_from_any_dataset()
    {
        using var data = Uneven([3, 2, 1, 1]);
        var counting = new Counting(data);
        Assert.Equal([0, 0, 0, 1, 1, 2, 3], ((IImageDataset)counting).Labels.OneEach);
        Assert.Equal([3, 1], new SubsetImageDataset(data, [6, 4]).Labels.OneEach);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var data = Uneven([4, 4, 4, 4]);
        Assert.Contains("ClassWeights has 2", Assert.Throws<ArgumentException>(() => Weights(data, Quick with { ClassWeights = [1, 2] })).Message);
        Assert.Contains("leave one", Assert.Throws<ArgumentException>(
            () => Weights(data, Quick with { ClassWeights = [1, 1, 1, 1], ClassBalancing = ClassBalancing.Weights })).Message);
    }

    private static byte[] Weights(IImageDataset data, TrainingOptions options)
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        new Trainer(network, options).Fit(data);
        return [.. network.state_dict().Values.SelectMany(value => value.bytes.ToArray())];
    }

    private static InMemoryImageDataset Uneven(int[] counts)
    {
        int[] labels = [.. counts.SelectMany((count, label) => Enumerable.Repeat(label, count))];
        var pixels = new byte[labels.Length * 3 * 4 * 4];
        new Random(1).NextBytes(pixels);
        return new InMemoryImageDataset(pixels, labels, 3, 4, 4, 4);
    }

    /// <summary>Counts the images read of each class; tells no labels by itself.</summary>
    private sealed class Counting(InMemoryImageDataset images) : IImageDataset
    {
        public int[] Seen { get; } = new int[images.Classes];

        public int Count => images.Count;

        public int Channels => images.Channels;

        public int Height => images.Height;

        public int Width => images.Width;

        public int Classes => images.Classes;

        public ImageBatch GetBatch(ReadOnlySpan<int> indices)
        {
            foreach (var index in indices)
            {
                Seen[images.Labels[index][0].Class]++;
            }

            return images.GetBatch(indices);
        }
    }
}
