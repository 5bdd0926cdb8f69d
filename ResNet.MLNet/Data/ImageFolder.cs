using Microsoft.ML;

namespace ResNet.MLNet;

/// <summary>
/// A folder with one subfolder a class, as torchvision's <c>ImageFolder</c> and Model Builder read it. Classes and files
/// are in ordinal order, so the same folder gives the same rows everywhere. Immutable and thread-safe.
/// </summary>
public sealed class ImageFolder
{
    private static readonly HashSet<string> Extensions = new([".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"], StringComparer.OrdinalIgnoreCase);

    private ImageFolder(IReadOnlyList<string> classes, IReadOnlyList<LabeledImage> images, IReadOnlyList<UnusableImage> unusable, int rotated)
    {
        Classes = classes;
        Images = images;
        Unusable = unusable;
        Rotated = rotated;
    }

    /// <summary>The classes: the subfolders' names, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The usable images, class by class, in ordinal order of their paths.</summary>
    public IReadOnlyList<LabeledImage> Images { get; }

    /// <summary>Files that are named like images and can't be used, with the reason; they are not in <see cref="Images"/>.</summary>
    public IReadOnlyList<UnusableImage> Unusable { get; }

    /// <summary>How many images carry an EXIF rotation, which ML.NET's <c>LoadImages</c> ignores: the network sees them lying.</summary>
    public int Rotated { get; }

    /// <summary>Lists a folder's images and checks each file's structure (<see cref="ImageFile.Inspect(string)"/>).</summary>
    /// <param name="path">A folder that has one subfolder a class, with image files at any depth below it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Fewer than two classes, or a class without a usable image.</exception>
    public static ImageFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"There is no folder '{path}'. Expected a folder with one subfolder of images a class.");
        var classes = Directory.GetDirectories(path).Select(d => Path.GetFileName(d)).Where(d => !d.StartsWith('.')).Order(StringComparer.Ordinal).ToArray();
        if (classes.Length < 2)
            throw new InvalidDataException($"'{path}' has {(classes.Length == 0 ? "no subfolder" : $"one subfolder ('{classes[0]}')")}. Expected one subfolder of images a class, and at least two classes.");

        var files = classes.SelectMany(c => Files(Path.Combine(path, c)).Select(f => new LabeledImage { ImagePath = f, Label = c })).ToArray();
        var inspected = files.AsParallel().AsOrdered().Select(f => ImageFile.Inspect(f.ImagePath)).ToArray();
        var images = files.Where((_, i) => inspected[i].Problem is null).ToArray();
        var unusable = files.Zip(inspected).Where(x => x.Second.Problem is not null).Select(x => new UnusableImage(x.First.ImagePath, x.Second.Problem!)).ToArray();

        var present = images.Select(i => i.Label).ToHashSet();
        if (classes.FirstOrDefault(c => !present.Contains(c)) is { } empty)
        {
            var bad = unusable.FirstOrDefault(u => u.Path.StartsWith(Path.GetFullPath(Path.Combine(path, empty)) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
            throw new InvalidDataException($"The class '{empty}' of '{path}' has no usable image{(bad is null ? "" : $" ('{bad.Path}' {bad.Reason})")}. Add images ({string.Join(", ", Extensions)}) or remove the subfolder.");
        }
        return new(classes, images, unusable, inspected.Count(i => i.Problem is null && i.Orientation != 1));
    }

    /// <summary>Takes the same share of each class out, at least one image and never the last one, by a seeded shuffle.</summary>
    /// <param name="fraction">The share to take out, in (0, 1).</param>
    /// <param name="seed">The same seed and folder give the same split.</param>
    /// <returns>What stays and what was taken out; both know all classes.</returns>
    /// <exception cref="InvalidDataException">A class has only one image.</exception>
    public (ImageFolder Remaining, ImageFolder Taken) Split(double fraction, int seed)
    {
        if (fraction is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The share to take out must lie between 0 and 1.");
        var random = new Random(seed);
        var rest = new List<LabeledImage>();
        var taken = new List<LabeledImage>();
        foreach (var group in Images.GroupBy(i => i.Label))
        {
            var members = group.ToArray();
            if (members.Length < 2)
                throw new InvalidDataException($"The class '{group.Key}' has one image; splitting needs at least two a class.");
            random.Shuffle(members);
            var count = Math.Clamp((int)Math.Round(members.Length * fraction), 1, members.Length - 1);
            taken.AddRange(members[..count]);
            rest.AddRange(members[count..]);
        }
        return (With(rest), With(taken));
    }

    /// <summary>The same share of each class, so that about <paramref name="count"/> images remain, by a seeded shuffle.</summary>
    /// <param name="count">How many images to keep, about; where the folder has no more, it is returned as it is.</param>
    /// <param name="seed">The same seed and folder give the same images.</param>
    public ImageFolder Take(int count, int seed) =>
        count >= Images.Count ? this : Split(Math.Max(count, 1) / (double)Images.Count, seed).Taken;

    /// <summary>The images as rows with the text columns <c>ImagePath</c> and <c>Label</c>.</summary>
    public IDataView ToDataView(MLContext mlContext) => mlContext.Data.LoadFromEnumerable(Images);

    private ImageFolder With(IReadOnlyList<LabeledImage> images) => new(Classes, images, [], 0);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.GetFullPath(folder), "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(f => Extensions.Contains(Path.GetExtension(f))).Order(StringComparer.Ordinal);
}

/// <summary>A file that is named like an image and can't be used.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Reason">Why, in words that follow the name: "is empty (0 bytes)".</param>
public sealed record UnusableImage(string Path, string Reason);
