using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Training;

/// <summary>What becomes of a view's rows whose image cannot be read: an error, or they are left out and reported.</summary>
/// <param name="policy">Which of the two.</param>
/// <param name="role">What the view is for: <see cref="TrainingData.Training"/> or <see cref="TrainingData.Validation"/>.</param>
internal sealed class UnreadableRows(UnusableImagePolicy policy, string role)
{
    private const int Listed = 10;

    private readonly List<SkippedRow> _skipped = [];

    /// <summary>What the view is for, in errors.</summary>
    public string Role => role;

    /// <summary>Whether rows after an unreadable one are read, too.</summary>
    public bool Skips => policy == UnusableImagePolicy.Skip;

    public IReadOnlyList<SkippedRow> Skipped => _skipped;

    public void Add(long row, InvalidDataException problem)
    {
        if (!Skips) throw problem;
        _skipped.Add(new(row, role == TrainingData.Validation, problem.Message));
    }

    private static IEnumerable<int> Classes(IEnumerable<ClassShare[]> labels) => labels.SelectMany(label => label).Select(label => label.Class);

    /// <summary>Lists what has been left out, in the log.</summary>
    /// <param name="all">The labels of all rows.</param>
    /// <param name="kept">Those of the rows that are not left out.</param>
    /// <param name="label">The classes.</param>
    /// <param name="log">The log.</param>
    /// <exception cref="InvalidDataException">No image is left, or, to train on, none of a class.</exception>
    public void Report(IEnumerable<ClassShare[]> all, IReadOnlyCollection<ClassShare[]> kept, LabelColumn label, TrainingLog log)
    {
        if (_skipped.Count == 0) return;
        var lost = Classes(all).Except(Classes(kept)).Order().Select(key => $" of the class '{label.Names[key]}'").FirstOrDefault();
        if (kept.Count == 0 || (lost is not null && role == TrainingData.Training))
            throw new InvalidDataException(
                $"None of the {role} images{(kept.Count == 0 ? "" : lost)} can be read; {_skipped.Count} of all rows cannot, the first: {_skipped[0].Reason}");
        log.Warning(
            $"{_skipped.Count} row{(_skipped.Count == 1 ? "" : "s")} of the {role} data left out, for want of an image that can be read: " +
            string.Join("; ", _skipped.Take(Listed).Select(row => row.Reason)) + (_skipped.Count > Listed ? "; …" : ""));
    }
}
