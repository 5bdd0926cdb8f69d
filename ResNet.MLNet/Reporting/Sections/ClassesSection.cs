using ResNet.Core;

namespace ResNet.MLNet.Reporting.Sections;

/// <summary>Precision, recall and F1 of each class, the weakest first.</summary>
internal static class ClassesSection
{
    /// <summary>What the figures mean.</summary>
    public const string Meaning = "The weakest first. Precision: of the images that were given the class, how many have it. Recall: of those that have it, how many were given it.";

    private const int Unfolded = 40;

    public static Html Of(Predictions predictions) => Html.Of($"""
        <p>{Meaning}</p>
        {Table(Html.None, predictions.ConfusionMatrix().Classes.OrderBy(c => c.F1 ?? 2).Select(c => Row(predictions.ClassNames, c, Html.None)))}
        """);

    /// <summary>The table, folded where it is long.</summary>
    /// <param name="more">Headings between the number of images and precision.</param>
    /// <param name="rows">What <see cref="Row"/> gives.</param>
    public static Html Table(Html more, IEnumerable<Html> rows)
    {
        var all = rows.ToArray();
        return Html.Of($"""
            {Part(all.Take(Unfolded))}
            {(all.Length > Unfolded ? Html.Of($"<details><summary>{all.Length - Unfolded} more classes</summary>{Part(all.Skip(Unfolded))}</details>") : Html.None)}
            """);

        Html Part(IEnumerable<Html> part) => Html.Of($"""
            <div class="scroll" tabindex="0"><table class="classes">
            <thead><tr><th>class</th><th class="number">images</th>{more}<th>precision</th><th>recall</th><th>F1</th></tr></thead>
            <tbody>{part}</tbody>
            </table></div>
            """);
    }

    /// <summary>A class's row.</summary>
    public static Html Row(IReadOnlyList<string> names, ClassQuality c, Html more) => Html.Of(
        $"""<tr><th scope="row">{names[c.Class]}</th><td class="number">{c.Support}</td>{more}<td>{Bar.Of(c.Precision)}</td><td>{Bar.Of(c.Recall)}</td><td>{Bar.Of(c.F1)}</td></tr>""");
}
