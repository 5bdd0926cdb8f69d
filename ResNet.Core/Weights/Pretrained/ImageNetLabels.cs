using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>The names of ImageNet-1k's 1000 classes, in the order of the classifier's outputs.</summary>
public static class ImageNetLabels
{
    /// <summary>
    /// torchvision's names: the first synonym of each WordNet synset. Two of those occur twice, so one of each pair is
    /// told apart as there: "crane bird" (134; 517 is the machine) and "maillot tank suit" (639). Immutable.
    /// </summary>
    public static ImmutableArray<string> Names { get; } = Read();

    private static ImmutableArray<string> Read()
    {
        using var stream = typeof(ImageNetLabels).Assembly.GetManifestResourceStream("imagenet-labels.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r'))];
    }
}
