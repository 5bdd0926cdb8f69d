using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A confusion matrix as text. Names too long for a column's head are numbered there and spelt out beside the rows.</summary>
internal static class ConfusionTable
{
    private const string Corner = "PREDICTED";

    public static string Format(ConfusionMatrix matrix, string[] names)
    {
        int classes = matrix.NumberOfClasses;
        // Two classes leave room for wider columns.
        int width = classes == 2 ? 8 : 5;
        int longest = names.Max(name => name.Length);
        bool numbered = longest > width;
        int digits = numbered ? (names.Length - 1).ToString().Length : 0;
        int margin = Math.Max(Corner.Length, numbered ? longest + digits + 2 : longest);

        string Head(int i) => numbered ? i.ToString() : names[i];
        string Side(int i) => numbered
            ? $"{i.ToString().PadLeft(digits)}. {names[i].PadLeft(margin - digits - 2)}"
            : names[i].PadLeft(margin);
        string Row(string label) => label.PadRight(margin) + " ||";
        string Cells(Func<int, string> cell) => string.Concat(Enumerable.Range(0, classes).Select(cell));

        string rule = new('=', classes * (width + 3));
        var text = new StringBuilder();
        text.AppendLine().AppendLine("Confusion table");
        text.Append(Row("")).AppendLine(rule);
        text.Append(Row(Corner)).Append(Cells(i => $" {Head(i).PadLeft(width)} |")).AppendLine(" Recall");
        text.Append(Row("TRUTH")).AppendLine(rule);
        for (int i = 0; i < classes; i++)
        {
            var counts = matrix.Counts[i];
            text.Append(Row(Side(i))).Append(Cells(j => $" {counts[j].ToString("N0").PadLeft(width)} |"));
            text.AppendLine($" {matrix.PerClassRecall[i],5:F4}");
        }
        text.Append(Row("")).AppendLine(rule);
        text.Append(Row("Precision")).AppendLine(Cells(i => $"{matrix.PerClassPrecision[i].ToString("N4").PadLeft(width + 1)} |"));
        return text.ToString();
    }
}
