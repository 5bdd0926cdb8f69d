using System.Security.Cryptography;
using System.Text;
using ResNet.MLNet.Data;
using ResNet.MLNet.Images;

namespace ResNet.MLNet;

/// <summary>Looks at images before a network is trained on them. Thread-safe.</summary>
public static class DataCheck
{
    /// <summary>
    /// Counts classes, and finds unusable files, images that several files hold, and images that look like others: of
    /// validation like those of training, and within each of the two. Reads every file, on all cores; keeps about 200 bytes an image.
    /// </summary>
    /// <param name="train">The training images.</param>
    /// <param name="validation">The validation images. null: there are none, or the trainer takes a share itself.</param>
    /// <param name="options">What to look for. null: the options' defaults.</param>
    /// <param name="cancellationToken">Ends the check with an <see cref="OperationCanceledException"/>.</param>
    public static DataReport Run(ImageSet train, ImageSet? validation = null, DataCheckOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new();
        var images = Images(train, false).Concat(validation is null ? [] : Images(validation, true)).ToArray();
        var prints = images.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(i => Print(i, options.NearDuplicates)).ToArray();
        var damaged = images.Zip(prints).Where(x => x.Second.Problem is not null).Select(x => new UnusableImage(x.First.Path, x.Second.Problem!));
        var usable = images.Zip(prints).Where(x => x.Second.Problem is null).Select(x => (Image: x.First, Print: x.Second.Print)).ToArray();

        var groups = usable.GroupBy(x => x.Print.Content).Where(g => g.Count() > 1)
            .Select(g => new DuplicateGroup([.. g.Select(x => x.Image)]))
            .OrderByDescending(g => (g.AcrossSplits ? 1 : 0) + (g.ConflictingLabels ? 2 : 0)).ToArray();
        var (near, within) = Near(usable, options, cancellationToken);
        var report = new DataReport
        {
            Sources = (train.Source, validation?.Source),
            Classes = Count(train, validation),
            Sizes = Sizes([.. train.Files, .. validation?.Files ?? []]),
            Unusable = [.. train.Unusable.Concat(validation?.Unusable ?? []).Concat(damaged).DistinctBy(u => u.Path)],
            Rotated = train.Rotated + (validation?.Rotated ?? 0),
            Duplicates = [.. groups.Take(options.ListedDuplicates)],
            DuplicateGroups = groups.Length,
            NearDuplicates = [.. near.Take(options.ListedDuplicates)],
            NearDuplicateImages = near.Length,
            LookAlikes = [.. within.Take(options.ListedDuplicates)],
            LookAlikeImages = within.Length,
            ConflictingLookAlikes = within.Count(pair => pair.First.Label != pair.Second.Label),
            ContentHash = Hash(usable),
        };
        return report with { Warnings = [.. DataWarnings.Of(report, groups, validation is not null, options)] };
    }

    private static Dictionary<string, int> Counts(ImageSet? set) => set is null
        ? []
        : set.Images.SelectMany(set.LabelsOf).CountBy(label => label).ToDictionary();

    private static IEnumerable<CheckedImage> Images(ImageSet set, bool validation) => set.Images.Select(i => new CheckedImage(i.ImagePath, i.Label, validation));

    private static (Fingerprint Print, string? Problem) Print(CheckedImage image, bool look)
    {
        try
        {
            var content = Fingerprint.OfBytes(File.ReadAllBytes(image.Path));
            return (new(content, look ? PictureLook.Of(RgbImage.Load(image.Path, long.MaxValue)) : null), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (default, $"can't be read any more ({e.Message})");
        }
        catch (InvalidDataException)
        {
            return (default, $"can't be decoded{(image.Path.EndsWith(".gif", StringComparison.OrdinalIgnoreCase) ? " (GIF can be read only where ML.NET's image library can: save it as PNG)" : "")}");
        }
    }

    private static ClassCount[] Count(ImageSet train, ImageSet? validation)
    {
        var (first, second) = (Counts(train), Counts(validation));
        return [.. train.Classes.Concat(validation?.Classes ?? []).Distinct().Select(c => new ClassCount(c, first.GetValueOrDefault(c), second.GetValueOrDefault(c)))];
    }

    private static ImageSizes? Sizes(ImageFile[] files)
    {
        var upright = files.Select(f => f.Orientation >= 5 ? (Width: f.Height, Height: f.Width) : (f.Width, f.Height)).OrderBy(s => (long)s.Width * s.Height).ToArray();
        return upright.Length == 0 ? null : new(upright[0], upright[upright.Length / 2], upright[^1]);
    }

    // Each image beside the closest one that looks the same but has other bytes, where there is one: a validation image beside a training
    // image, and an image beside one before it on its own side. A few billion comparisons of 64 bits at most.
    private static (NearDuplicate[] Across, LookAlike[] Within) Near((CheckedImage Image, Fingerprint Print)[] images, DataCheckOptions options, CancellationToken cancellationToken)
    {
        var seen = images.Where(x => x.Print.Look is not null).ToLookup(x => x.Image.Validation);
        var (train, validation) = (seen[false].ToArray(), seen[true].ToArray());
        var across = Each(validation, (held, _) => Closest(train, held) is var (best, distance) && best is not null ? new NearDuplicate(best, held.Image, distance) : null);
        var within = new[] { train, validation }.SelectMany(side =>
            Each(side, (image, i) => Closest(side.AsSpan(0, i), image) is var (best, distance) && best is not null ? new LookAlike(best, image.Image, distance) : null));
        return ([.. across.OrderBy(d => d.Distance)], [.. within.OrderBy(d => d.First.Label == d.Second.Label).ThenBy(d => d.Distance)]);

        IEnumerable<T> Each<T>((CheckedImage Image, Fingerprint Print)[] side, Func<(CheckedImage Image, Fingerprint Print), int, T?> find)
            where T : class =>
            side.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(find).OfType<T>();

        (CheckedImage? Image, int Distance) Closest(ReadOnlySpan<(CheckedImage Image, Fingerprint Print)> others, (CheckedImage Image, Fingerprint Print) one)
        {
            var (best, distance, look) = ((CheckedImage?)null, options.MaximumDistance + 1, one.Print.Look!);
            foreach (var (image, print) in others)
                if (print.Look!.Distance(look) is var d && d < distance && print.Look!.GrayDifference(look) <= options.MaximumGrayDifference && print.Content != one.Print.Content)
                    (best, distance) = (image, d);
            return (best, distance);
        }
    }

    private static string Hash((CheckedImage Image, Fingerprint Print)[] images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in images.Select(x => $"{x.Print.Content.Item1:x32}{x.Print.Content.Item2:x32} {(x.Image.Validation ? 1 : 0)} {x.Image.Label}\n").Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
