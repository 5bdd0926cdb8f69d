using ResNet.MLNet;

namespace Classify;

/// <summary>A row of the pipeline's input.</summary>
internal sealed class Photo
{
    public string Path { get; set; } = "";
}

/// <summary>The photos that the arguments mean.</summary>
internal sealed record Photos(IReadOnlyList<Photo> Usable, IReadOnlyList<UnusableImage> Unusable)
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"];

    /// <summary>Files as they are given, and the image files of folders by name; each file's structure is checked.</summary>
    public static Photos Find(IReadOnlyList<string> arguments)
    {
        var (usable, unusable) = (new List<Photo>(), new List<UnusableImage>());
        foreach (var argument in arguments)
        {
            if (argument.StartsWith('-') && !Path.Exists(argument))
            {
                unusable.Add(new(argument, "is neither an option nor a file; see --help"));
                continue;
            }
            var files = Directory.Exists(argument) ? InFolder(argument) : [argument];
            if (files.Length == 0)
                unusable.Add(new(argument, $"is a folder without photos ({string.Join(", ", Extensions)})"));
            foreach (var file in files)
            {
                if (ImageFile.Inspect(file).Problem is { } problem)
                    unusable.Add(new(file, problem));
                else
                    usable.Add(new() { Path = Path.GetFullPath(file) });
            }
        }
        return new(usable, unusable);
    }

    private static string[] InFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
}
