namespace ResNet.MLNet.Reporting.Sections;

/// <summary>The images whose labels have the largest losses, with their pictures.</summary>
internal static class MultiLabelTopLossesSection
{
    /// <summary>Labels of a kind that a card names at most.</summary>
    private const int Named = 6;

    public static Html Of(MultiLabelTrainingReport report)
    {
        var top = report.Predictions.TopLosses(report.TopLosses);
        return top.Count == 0 ? Html.None : Html.Of($"""
            <p>The images whose labels the network is most wrong or least sure about, with the probabilities of the wrong ones. Missing and mistaken labels and unusable pictures tend to gather here.</p>
            <div class="cards">{top.Select(image => Card(report, image))}</div>
            """);
    }

    private static Html Card(MultiLabelTrainingReport report, int image)
    {
        var predictions = report.Predictions;
        var (has, said) = (predictions.Targets(image).ToArray(), predictions.Predicted(image).ToArray());
        var classes = Enumerable.Range(0, has.Length).ToArray();
        // The most wrong first.
        int[] missed = [.. classes.Where(c => has[c] && !said[c]).OrderBy(c => predictions.Of(image)[c])];
        int[] added = [.. classes.Where(c => said[c] && !has[c]).OrderByDescending(c => predictions.Of(image)[c])];
        var labels = Names(classes.Where(c => has[c]), c => predictions.ClassNames[c], "no class");
        return TopLossesSection.Card(report, image, isWrong: missed.Length + added.Length > 0, labels, $"a picture of {labels}", Html.Of($"""
            {Mistake("missed", missed)}{Mistake("wrongly given", added)}
            {(missed.Length + added.Length == 0 ? TopLossesSection.Right(classes.Min(c => has[c] ? predictions.Of(image)[c] : 1 - predictions.Of(image)[c])) : Html.None)}
            <span class="note">predicted: {Names(classes.Where(c => said[c]), c => predictions.ClassNames[c], "no class")} · loss {predictions.Loss(image):F2}</span>
            """));

        Html Mistake(string kind, int[] wrong) => wrong.Length == 0
            ? Html.None
            : Html.Of($"<span>{kind}: <b>{Names(wrong, c => $"{predictions.ClassNames[c]} ({predictions.Of(image)[c].In("P0")})", "")}</b></span>");
    }

    private static string Names(IEnumerable<int> classes, Func<int, string> name, string none)
    {
        var all = classes.ToArray();
        return all.Length == 0 ? none : string.Join(", ", all.Take(Named).Select(name)) + (all.Length > Named ? $" and {all.Length - Named} more" : "");
    }
}
