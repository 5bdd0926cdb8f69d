namespace ResNet.MLNet.Reporting.Sections;

/// <summary>A share as a number with a bar behind it.</summary>
internal static class Bar
{
    public static Html Of(double? share, string kind = "good") => share is null
        ? Html.Of($"""<span class="bar none">–</span>""")
        : Html.Of($"""<span class="bar {kind}" style="--share:{share.Value:F3}">{share.Value:P1}</span>""");
}
