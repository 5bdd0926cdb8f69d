using System.Globalization;
using ResNet.MLNet.Reporting;
using ResNet.MLNet.Reporting.Sections;

namespace ResNet.Tests.MLNet.Reporting;

public sealed class HtmlTests
{
    [Fact]
    public void Values_become_text_and_html_stays()
    {
        var label = "<script>alert('1')</script> & \"q\"";
        var inner = Html.Of($"<b>{label}</b>");
        var outer = Html.Of($"<p title=\"{label}\">{inner}{new[] { inner }}</p>").Text;
        Assert.DoesNotContain("<script", outer);
        Assert.Equal(1, outer.Split("<p title=\"")[1].Split('>')[0].Count(c => c == '"'));
        Assert.Equal(2, outer.Split("<b>&lt;script&gt;").Length - 1);
    }

    [Fact]
    public void Numbers_look_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = german;
            Assert.Equal("1,50", $"{1.5:F2}");
            Assert.Equal("1.50", Html.Of($"{1.5:F2}").Text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, 0.93, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.31, 2.4, new[] { 0, 0.5, 1, 1.5, 2, 2.5 })]
    [InlineData(1, 30, new[] { 0.0, 10, 20, 30 })]
    public void Ticks_are_round_and_enclose_the_values(double low, double high, double[] expected) =>
        Assert.Equal(expected, Chart.Ticks(low, high).Select(t => Math.Round(t, 9)));

    [Fact]
    public void Ticks_of_equal_values_are_there() => Assert.InRange(Chart.Ticks(0, 0).Length, 2, 8);

    [Fact]
    public void The_interval_of_8_of_10_is_Wilsons()
    {
        var (low, high) = SummarySection.Wilson(0.8, 10);
        Assert.Equal(0.49016, low, 4);
        Assert.Equal(0.94332, high, 4);
    }
}
