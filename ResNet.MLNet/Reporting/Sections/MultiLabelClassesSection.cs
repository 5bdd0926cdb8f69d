namespace ResNet.MLNet.Reporting.Sections;

/// <summary>Each class's average precision, and precision, recall and F1 at its threshold, the weakest first.</summary>
internal static class MultiLabelClassesSection
{
    public static Html Of(MultiLabelTrainingReport report)
    {
        var (names, metrics, thresholds) = (report.Predictions.ClassNames, report.Predictions.Metrics, report.Thresholds);
        var told = thresholds.Count > 0;
        var rows = metrics.Classes.OrderBy(c => metrics.AveragePrecisions[c.Class] ?? 2).Select(c => ClassesSection.Row(names, c, Html.Of(
            $"""{(told ? Html.Of($"""<td class="number">{thresholds[c.Class]:F3}</td>""") : Html.None)}<td>{Bar.Of(metrics.AveragePrecisions[c.Class])}</td>""")));
        return Html.Of($"""
            <p>{ClassesSection.Meaning} Average precision: how well the probabilities rank the images, whatever the threshold.{(told ? " The other three are at the threshold, the probability from which on an image is given the class." : "")}
            {Chosen(report.ThresholdSelection)}</p>
            {ClassesSection.Table(Html.Of($"""{(told ? Html.Of($"""<th class="number">threshold</th>""") : Html.None)}<th>average precision</th>"""), rows)}
            """);
    }

    private static string Chosen(ThresholdSelection? selection) => selection switch
    {
        ThresholdSelection.Fixed => "The thresholds were fixed before training.",
        ThresholdSelection.BestF1 => "Each threshold is the one with the highest F1 on the validation images of the training; classes that none of them had keep the fixed one. On those same images the figures would be somewhat too good.",
        _ => "",
    };
}
