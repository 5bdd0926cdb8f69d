using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet;

/// <summary>
/// Labelled image files whose structure was checked: what <see cref="ImageFolder"/> and <see cref="ImageList"/> open.
/// Immutable and thread-safe.
/// </summary>
public sealed class ImageSet
{
    private ImageSet(string source, IReadOnlyList<string> classes, IReadOnlyList<LabeledImage> images, IReadOnlyList<ImageFile> files, IReadOnlyList<UnusableImage> unusable, char? separator)
    {
        LabelSeparator = separator;
        Source = source;
        Classes = classes;
        Images = images;
        Files = files;
        Unusable = unusable;
    }

    /// <summary>The folder or the list that the images come from, as it was given.</summary>
    public string Source { get; }

    /// <summary>The classes' names, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The usable images: a folder's class by class, in ordinal order of their paths; a list's in its order.</summary>
    public IReadOnlyList<LabeledImage> Images { get; }

    /// <summary>What stands between the classes of an image; null: each has one.</summary>
    public char? LabelSeparator { get; }

    /// <summary>What the files of <see cref="Images"/> say of themselves, in the same order.</summary>
    public IReadOnlyList<ImageFile> Files { get; }

    /// <summary>Files that were meant as images and can't be used, with the reason; they are not in <see cref="Images"/>.</summary>
    public IReadOnlyList<UnusableImage> Unusable { get; }

    /// <summary>How many images carry an EXIF rotation, which ML.NET's <c>LoadImages</c> ignores: the network sees them lying.</summary>
    public int Rotated => Files.Count(file => file.Orientation != 1);

    /// <summary>The classes of an image of this set: one, or any number where there is a <see cref="LabelSeparator"/>.</summary>
    public IReadOnlyList<string> LabelsOf(LabeledImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return LabelsOf(image, LabelSeparator);
    }

    /// <summary>Takes the same share of each class out, at least one image and never the last one, by a seeded shuffle. Where an image may have
    /// several classes: the same share as nearly as may be (<see cref="StratifiedSplit"/>).</summary>
    /// <param name="fraction">The share to take out, in (0, 1).</param>
    /// <param name="seed">The same seed and images give the same split.</param>
    /// <returns>What stays and what was taken out; both know all classes and list the unusable files.</returns>
    /// <exception cref="InvalidDataException">A class has only one image.</exception>
    public (ImageSet Remaining, ImageSet Taken) Split(double fraction, int seed)
    {
        if (fraction is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The share to take out must lie between 0 and 1.");
        if (LabelSeparator is not null)
        {
            var labels = Images.SelectMany((image, i) => LabelsOf(image).Select(label => (label, i))).ToLookup(x => x.label, x => x.i);
            var (first, second) = StratifiedSplit.Of([.. Classes.Select(label => labels[label].ToArray())], Images.Count, fraction, seed);
            return (With(first), With(second));
        }
        var random = new Random(seed);
        var rest = new List<int>();
        var taken = new List<int>();
        foreach (var group in Enumerable.Range(0, Images.Count).GroupBy(i => Images[i].Label))
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
    /// <param name="count">How many images to keep, about; where the set has no more, it is returned as it is.</param>
    /// <param name="seed">The same seed and images give the same choice.</param>
    public ImageSet Take(int count, int seed) =>
        count >= Images.Count ? this : Split(Math.Max(count, 1) / (double)Images.Count, seed).Taken;

    /// <summary>The images as rows with the text columns <c>ImagePath</c> and <c>Label</c>; where an image may have several classes, <c>Label</c> is
    /// a vector of Boolean with a slot for each, named by it.</summary>
    public IDataView ToDataView(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        if (LabelSeparator is null) return mlContext.Data.LoadFromEnumerable(Images);
        var definition = SchemaDefinition.Create(typeof(TaggedImage));
        var label = definition[nameof(TaggedImage.Label)];
        label.ColumnType = new VectorDataViewType(BooleanDataViewType.Instance, Classes.Count);
        label.AddAnnotation(
            OutputColumns.SlotNames, new VBuffer<ReadOnlyMemory<char>>(Classes.Count, [.. Classes.Select(name => name.AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, Classes.Count));
        return mlContext.Data.LoadFromEnumerable(
            Images.Select(image => (image.ImagePath, Labels: LabelsOf(image)))
                .Select(image => new TaggedImage { ImagePath = image.ImagePath, Label = [.. Classes.Select(image.Labels.Contains)] }).ToArray(), definition);
    }

    /// <summary>The set without some files, such as duplicates that a check found.</summary>
    /// <param name="paths">The files' full paths; those that are not in the set do not matter.</param>
    public ImageSet Without(IEnumerable<string> paths)
    {
        var removed = paths.ToHashSet(StringComparer.Ordinal);
        return With([.. Enumerable.Range(0, Images.Count).Where(i => !removed.Contains(Images[i].ImagePath))]);
    }

    internal static IReadOnlyList<string> LabelsOf(LabeledImage image, char? separator) => separator is { } between
        ? [.. image.Label.Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()]
        : [image.Label];

    // Both openers end here. "remedy" says what to do about a class without a usable image.
    internal static ImageSet Inspect(string source, IReadOnlyList<string> classes, IEnumerable<LabeledImage> files, ImageSetOptions? options, string remedy)
    {
        options ??= new();
        var all = files.ToArray();
        var inspected = all.AsParallel().AsOrdered().Select(f => ImageFile.Inspect(f.ImagePath, options.MaximumPixels)).ToArray();
        var unusable = all.Zip(inspected).Where(x => x.Second.Problem is not null).Select(x => (Labels: LabelsOf(x.First, options.LabelSeparator), File: new UnusableImage(x.First.ImagePath, x.Second.Problem!))).ToArray();
        if (options.Unusable == UnusableImagePolicy.Throw && unusable.Length > 0)
            throw new InvalidDataException(
                $"{unusable.Length} of {all.Length} files of '{source}' can't be used: {string.Join("; ", unusable.Take(10).Select(u => $"'{u.File.Path}' {u.File.Reason}"))}"
                + $"{(unusable.Length > 10 ? "; …" : "")}. Mend or remove them, or set the option Unusable to Skip.");

        var usable = Enumerable.Range(0, all.Length).Where(i => inspected[i].Problem is null).ToArray();
        var present = usable.SelectMany(i => LabelsOf(all[i], options.LabelSeparator)).ToHashSet();
        if (classes.FirstOrDefault(c => !present.Contains(c)) is { } empty)
        {
            var bad = unusable.FirstOrDefault(u => u.Labels.Contains(empty)).File;
            throw new InvalidDataException($"The class '{empty}' of '{source}' has no usable image{(bad is null ? "" : $" ('{bad.Path}' {bad.Reason})")}. {remedy}");
        }
        return new(source, classes, [.. usable.Select(i => all[i])], [.. usable.Select(i => inspected[i])], [.. unusable.Select(u => u.File)], options.LabelSeparator);
    }

    private sealed class TaggedImage
    {
        public string ImagePath { get; set; } = "";

        public bool[] Label { get; set; } = [];
    }

    private ImageSet With(IReadOnlyList<int> images) => new(Source, Classes, [.. images.Select(i => Images[i])], [.. images.Select(i => Files[i])], Unusable, LabelSeparator);
}

/// <summary>A file that was meant as an image and can't be used.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Reason">Why, in words that follow the name: "is empty (0 bytes)".</param>
public sealed record UnusableImage(string Path, string Reason);
