using ResNet.Core;

namespace ResNet.MLNet.Reporting.Sections;

/// <summary>The confusion matrix as a coloured table, and the most confused pairs.</summary>
internal static class ConfusionSection
{
    /// <summary>More classes than this make no readable table: those with the most mistakes are shown.</summary>
    private const int Shown = 30;

    public static Html Of(Predictions predictions)
    {
        var matrix = predictions.ConfusionMatrix();
        var names = matrix.ClassNames;
        var classes = Enumerable.Range(0, names.Count).ToArray();
        var cut = classes.Length > Shown;
        if (cut)
            classes = [.. matrix.Classes.OrderByDescending(c => c.Support + c.Given - 2 * c.Correct).Take(Shown).Select(c => c.Class).Order()];
        var pairs = matrix.MostConfused();
        return Html.Of($"""
            <p>Rows are the true classes, columns the predicted ones; a cell’s colour is its share of the row.{(cut ? $" The {Shown} classes with the most mistakes, of {names.Count}." : "")}</p>
            <div class="beside"><div class="scroll" tabindex="0"><table class="matrix{(classes.Length > 12 ? " dense" : "")}">
            <thead><tr><th scope="col" class="corner">true ↓ predicted →</th>{classes.Select(c => Html.Of($"""<th scope="col" title="{names[c]}"><span>{names[c]}</span></th>"""))}</tr></thead>
            <tbody>{classes.Select(row => Html.Of($"""<tr><th scope="row" title="{names[row]}">{names[row]}</th>{classes.Select(column => Cell(matrix, row, column))}</tr>"""))}</tbody>
            </table></div>
            <div><h3>Most confused</h3>
            {(pairs.Count == 0 ? Html.Of($"<p>Nothing was confused.</p>") : Pairs(matrix, pairs))}</div></div>
            """);
    }

    private static Html Cell(ConfusionMatrix matrix, int row, int column)
    {
        var (count, support) = (matrix[row, column], matrix.Classes[row].Support);
        if (count == 0)
            return Html.Of($"""<td class="zero">·</td>""");
        var share = count / (double)support;
        var kind = row == column ? "right" : "wrong";
        return Html.Of($"""<td class="{kind}{(share > 0.55 ? " strong" : "")}" style="--share:{share:F3}" title="{matrix.ClassNames[row]} taken for {matrix.ClassNames[column]}: {count} of {support} ({share:P1})">{count}</td>""");
    }

    private static Html Pairs(ConfusionMatrix matrix, IReadOnlyList<ConfusedPair> pairs) => Html.Of($"""
        <div class="scroll" tabindex="0"><table class="pairs">
        <thead><tr><th>true class</th><th>taken for</th><th class="number">images</th><th>share of class</th></tr></thead>
        <tbody>{pairs.Take(15).Select(p => Html.Of($"""<tr><td>{matrix.ClassNames[p.Label]}</td><td>{matrix.ClassNames[p.Predicted]}</td><td class="number">{p.Count}</td><td>{Bar.Of(p.Count / (double)matrix.Classes[p.Label].Support, "bad")}</td></tr>"""))}</tbody>
        </table></div>
        {(pairs.Count > 15 ? Html.Of($"<p class=\"note\">{pairs.Count - 15} more pairs were confused less often.</p>") : Html.None)}
        """);
}
