using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Data;

public class ImageLabelsTests
{
    [Fact]
    public void Several_classes_an_image_are_a_row_of_shares()
    {
        var labels = ImageLabels.Several([[new(0, 1), new(2, 0.5f)], [], [new(1, 1)]], 3);
        using var batch = labels.Batch([2, 0, 1]);
        Assert.Equal([3, 3], batch.shape);
        Assert.Equal([0, 1, 0, 1, 0, 0.5f, 0, 0, 0], batch.data<float>().ToArray());
        Assert.Equal([[0], [2], []], labels.ByClass());
        Assert.Equal(2, labels.Select([0, 0]).Count);
        Assert.Throws<InvalidOperationException>(() => labels.OneEach);
    }

    [Fact]
    public void What_is_out_of_range_is_refused_with_its_image()
    {
        Assert.Contains("image 1 has label 3", Assert.Throws<ArgumentException>(() => ImageLabels.Several([[], [new(3, 1)]], 3)).Message);
        Assert.Contains("image 0", Assert.Throws<ArgumentException>(() => ImageLabels.Several([[new(1, 1), new(0, 1)]], 3)).Message);
        Assert.Contains("image 0", Assert.Throws<ArgumentException>(() => ImageLabels.Several([[new(1, 1.5f)]], 3)).Message);
        Assert.Contains("image 1 has label 2", Assert.Throws<ArgumentException>(() => ImageLabels.One([0, 2], 2)).Message);
    }

    // Sechidis et al. 2011 compare by how far the shares of labels are off; a random split is off by far more.
    [Fact]
    public void Iterative_stratification_gives_each_part_its_share_of_each_class()
    {
        var random = new Random(7);
        int[] frequency = [400, 200, 60, 12, 4];
        var labels = ImageLabels.Several([.. Enumerable.Range(0, 1000).Select(_ =>
            frequency.Select((often, label) => (often, label)).Where(c => random.Next(1000) < c.often).Select(c => new ClassShare(c.label, 1)).ToArray())], 5);
        var (train, validation) = labels.Split(0.2, seed: 3);
        Assert.Equal(Enumerable.Range(0, 1000), train.Concat(validation).Order());
        Assert.InRange(validation.Length, 195, 205);
        var (all, held) = (labels.ByClass(), labels.Select(validation).ByClass());
        for (var label = 0; label < 5; label++)
        {
            Assert.InRange(held[label].Length, Math.Floor(0.2 * all[label].Length) - 1, Math.Ceiling(0.2 * all[label].Length) + 1);
        }

        Assert.Equal(validation, labels.Split(0.2, seed: 3).Validation);
        Assert.NotEqual(validation, labels.Split(0.2, seed: 4).Validation);
    }

    [Fact]
    public void Neither_part_of_a_split_is_empty()
    {
        var labels = ImageLabels.Several([[new(0, 1)], [new(1, 1)]], 2);
        var (train, validation) = labels.Split(0.01, seed: 1);
        Assert.Equal((1, 1), (train.Length, validation.Length));
    }
}
