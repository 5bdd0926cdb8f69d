using System.Globalization;

namespace ResNet.MLNet.Data;

/// <summary>Turns a check's findings into sentences, the gravest first.</summary>
internal static class DataWarnings
{
    public static IEnumerable<string> Of(DataReport report, IReadOnlyList<DuplicateGroup> groups, bool hasValidation, DataCheckOptions options)
    {
        var classes = report.Classes;
        if (classes.Count(c => c.Train > 0) < 2)
            yield return "There are training images of one class only: there is nothing to tell apart.";
        if (Names(classes.Where(c => c.Train == 0)) is { } unseen)
            yield return $"Validation has classes that training lacks: {unseen}. They can only be wrong.";
        if (groups.Count(g => g.ConflictingLabels) is > 0 and var conflicts)
            yield return $"{Many(conflicts, "image")} found under several labels: at least one of them is wrong.";
        if (groups.Where(g => g.AcrossSplits).Sum(g => g.Images.Count(i => i.Validation)) is > 0 and var copies)
            yield return $"{Many(copies, "validation image")} also among the training images, byte for byte: the validation figures flatter.";
        if (report.NearDuplicateImages > 0)
            yield return $"{Many(report.NearDuplicateImages, "validation image")} as good as equal to a training image: look at the pairs; if they are copies, the validation figures flatter.";
        if (report.ConflictingLookAlikes > 0)
            yield return $"{Many(report.ConflictingLookAlikes, "image")} as good as equal to another one of the same side under another label: look at the pairs; one label may be wrong.";
        if (report.Unusable.Count > 0)
            yield return $"{Many(report.Unusable.Count, "file")} of no use, the first: '{report.Unusable[0].Path}' {report.Unusable[0].Reason}.";
        if (Names(classes.Where(c => c.Train > 0 && c.Train < options.MinimumImagesPerClass)) is { } few)
            yield return $"Classes with fewer than {options.MinimumImagesPerClass} training images: {few}. Expect little of them.";
        if (hasValidation && Names(classes.Where(c => c.Validation == 0)) is { } unmeasured)
            yield return $"Classes without validation images: {unmeasured}. How well they are learnt is not measured.";
        var present = classes.Where(c => c.Train > 0).ToArray();
        if (present.Length > 1 && present.Max(c => c.Train) > (long)options.MaximumImbalance * present.Min(c => c.Train))
            yield return $"'{present.MaxBy(c => c.Train)!.Name}' has {present.Max(c => c.Train)} training images, '{present.MinBy(c => c.Train)!.Name}' only {present.Min(c => c.Train)}: consider class weights or balanced sampling.";
        if (groups.Count(g => !g.AcrossSplits && !g.ConflictingLabels) is > 0 and var harmless)
            yield return $"{Many(harmless, "image")} found in several files of the same side and class.";
        if (report.LookAlikeImages - report.ConflictingLookAlikes is > 0 and var alike)
            yield return $"{Many(alike, "image")} as good as equal to another one of the same side and class: it counts several times.";
        if (report.Rotated > 0)
            yield return $"{Many(report.Rotated, "image")} rotated by EXIF, which LoadImages ignores: load them with LoadUprightImages.";
    }

    private static string Many(int count, string what) => count == 1 ? $"1 {what} is" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}s are");

    private static string? Names(IEnumerable<ClassCount> classes)
    {
        var names = classes.Select(c => $"'{c.Name}'").ToArray();
        return names.Length == 0 ? null : string.Join(", ", names.Take(10)) + (names.Length > 10 ? $" and {names.Length - 10} more" : "");
    }
}
