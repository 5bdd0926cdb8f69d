using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

public class ImageNetLabelsTests
{
    [Fact]
    public void A_thousand_different_names_as_torchvision_has_them()
    {
        Assert.Equal(1000, ImageNetLabels.Names.Length);
        Assert.Equal(1000, ImageNetLabels.Names.Distinct().Count());
        Assert.All(ImageNetLabels.Names, name => Assert.Equal(name.Trim(), name));
        Assert.Equal(
            ["tench", "crane bird", "crane", "maillot", "maillot tank suit", "toilet tissue"],
            new[] { 0, 134, 517, 638, 639, 999 }.Select(i => ImageNetLabels.Names[i]));
    }

    [SkippableFact]
    public void The_order_is_the_packages()
    {
        var labels = File.ReadAllLines(Repository.Shared("data", "imagenet", "labels.txt"));
        var different = Enumerable.Range(0, 1000).Where(i => labels[i].Replace('_', ' ') != ImageNetLabels.Names[i]);
        Assert.Equal([134, 639], different);
    }
}
