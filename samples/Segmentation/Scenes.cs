using Pictures;

namespace Segmentation;

/// <summary>An image and the class of each of its pixels.</summary>
internal sealed record Scene(Picture Image, byte[] Mask);

/// <summary>Images with their masks, all of one size, and what the classes are called.</summary>
internal sealed record Scenes(IReadOnlyList<Scene> All, IReadOnlyList<string> Classes)
{
    /// <summary>Four of five scenes.</summary>
    public IReadOnlyList<Scene> Training => [.. All.Where((_, i) => i % 5 != 4)];

    /// <summary>Every fifth.</summary>
    public IReadOnlyList<Scene> Test => [.. All.Where((_, i) => i % 5 == 4)];
}
