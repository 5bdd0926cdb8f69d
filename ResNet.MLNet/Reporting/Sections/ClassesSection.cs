using ResNet.Core;

namespace ResNet.MLNet.Reporting.Sections;

/// <summary>Precision, recall and F1 of each class, the weakest first.</summary>
internal static class ClassesSection
{
    private const int Unfolded = 40;

    public static Html Of(Predictions predictions)
    {
        var classes = predictions.ConfusionMatrix().Classes.OrderBy(c => c.F1 ?? 2).ToArray();
        return Html.Of($"""
            <p>The weakest first. Precision: of the images that were given the class, how many have it. Recall: of those that have it, how many were given it.</p>
            {Table(predictions, classes.Take(Unfolded))}
            {(classes.Length > Unfolded ? Html.Of($"<details><summary>{classes.Length - Unfolded} more classes</summary>{Table(predictions, classes.Skip(Unfolded))}</details>") : Html.None)}
            """);
    }

    private static Html Table(Predictions predictions, IEnumerable<ClassQuality> classes) => Html.Of($"""
        <div class="scroll" tabindex="0"><table class="classes">
        <thead><tr><th>class</th><th class="number">images</th><th>precision</th><th>recall</th><th>F1</th></tr></thead>
        <tbody>{classes.Select(c => Html.Of($"""<tr><th scope="row">{predictions.ClassNames[c.Class]}</th><td class="number">{c.Support}</td><td>{Bar.Of(c.Precision)}</td><td>{Bar.Of(c.Recall)}</td><td>{Bar.Of(c.F1)}</td></tr>"""))}</tbody>
        </table></div>
        """);
}
