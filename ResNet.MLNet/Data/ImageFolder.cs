namespace ResNet.MLNet;

/// <summary>
/// A folder with one subfolder a class, as torchvision's <c>ImageFolder</c> and Model Builder read it. Classes and files
/// are in ordinal order, so the same folder gives the same rows everywhere.
/// </summary>
public static class ImageFolder
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"];

    /// <summary>Lists a folder's images and checks each file's structure (<see cref="ImageFile.Inspect(string, long)"/>).</summary>
    /// <param name="path">A folder that has one subfolder a class, with image files at any depth below it.</param>
    /// <param name="options">What to do about files that can't be used. null: the options' defaults.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Fewer than two classes, a class without a usable image, or an unusable file where the options forbid it.</exception>
    public static ImageSet Open(string path, ImageSetOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (options?.LabelSeparator is not null)
            throw new ArgumentException("A folder's images have one class each, their subfolder; LabelSeparator is for ImageList.", nameof(options));
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"{(File.Exists(path) ? $"'{path}' is a file" : $"There is no folder '{path}'")}. Expected a folder with one subfolder of images a class.");
        var classes = Directory.GetDirectories(path).Select(d => Path.GetFileName(d)).Where(d => !d.StartsWith('.')).Order(StringComparer.Ordinal).ToArray();
        if (classes.Length < 2)
            throw new InvalidDataException($"'{path}' has {(classes.Length == 0 ? "no subfolder" : $"one subfolder ('{classes[0]}')")}. Expected one subfolder of images a class, and at least two classes.");

        var files = classes.SelectMany(c => Files(Path.Combine(path, c)).Select(f => new LabeledImage { ImagePath = f, Label = c }));
        return ImageSet.Inspect(path, classes, files, options, $"Add images ({string.Join(", ", Extensions)}) or remove the subfolder.");
    }

    /// <summary>Whether a file's name is that of an image.</summary>
    internal static bool IsImage(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.GetFullPath(folder), "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(IsImage).Order(StringComparer.Ordinal);
}
