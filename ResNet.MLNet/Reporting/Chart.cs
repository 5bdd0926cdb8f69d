namespace ResNet.MLNet.Reporting;

/// <summary>A chart's plane: data to SVG coordinates, gridlines and axis labels. Colours come from the style sheet.</summary>
internal sealed class Chart(double left, double right, double bottom, double top)
{
    public const int Width = 560, Height = 300;
    private const int MarginLeft = 52, MarginRight = 14, MarginTop = 12, MarginBottom = 44;

    public double X(double x) => MarginLeft + (x - left) / (right - left) * (Width - MarginLeft - MarginRight);

    public double Y(double y) => Height - MarginBottom - (y - bottom) / (top - bottom) * (Height - MarginTop - MarginBottom);

    /// <summary>The whole picture.</summary>
    /// <param name="description">What a screen reader says.</param>
    /// <param name="across">What the horizontal axis shows.</param>
    /// <param name="ticksX">Values with a label under the plane.</param>
    /// <param name="ticksY">Values with a label and a gridline.</param>
    /// <param name="formatX">Format of the former.</param>
    /// <param name="formatY">Format of the latter.</param>
    /// <param name="content">What is drawn on the plane.</param>
    public Html Svg(string description, string across, IEnumerable<double> ticksX, IEnumerable<double> ticksY, string formatX, string formatY, Html content) => Html.Of($"""
        <svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="{description}">
        {ticksY.Select(y => Html.Of($"""<line class="grid" x1="{MarginLeft}" x2="{Width - MarginRight}" y1="{Y(y):F1}" y2="{Y(y):F1}"/><text class="tick" x="{MarginLeft - 8}" y="{Y(y) + 4:F1}" text-anchor="end">{y.In(formatY)}</text>"""))}
        {ticksX.Select(x => Html.Of($"""<text class="tick" x="{X(x):F1}" y="{Height - MarginBottom + 18}" text-anchor="middle">{x.In(formatX)}</text>"""))}
        <line class="axis" x1="{MarginLeft}" x2="{Width - MarginRight}" y1="{Y(bottom):F1}" y2="{Y(bottom):F1}"/>
        <text class="tick" x="{(Width + MarginLeft - MarginRight) / 2}" y="{Height - 6}" text-anchor="middle">{across}</text>
        {content}
        </svg>
        """);

    /// <summary>A line through points, with a dot on each where they are few.</summary>
    public Html Line(string series, string name, IReadOnlyList<(double X, double Y)> points, string format)
    {
        var finite = points.Where(p => double.IsFinite(p.Y)).ToArray();
        var path = string.Join(' ', finite.Select(p => Html.Of($"{X(p.X):F1},{Y(p.Y):F1}").Text));
        return Html.Of($"""
            <polyline class="line {series}" points="{path}"/>
            {finite.Select(p => Html.Of($"""<circle class="dot {series}" cx="{X(p.X):F1}" cy="{Y(p.Y):F1}" r="{(finite.Length <= 40 ? 3 : 1.2)}"><title>{name}, epoch {p.X:0}: {p.Y.In(format)}</title></circle>"""))}
            """);
    }

    /// <summary>Round values from at or below <paramref name="low"/> to at or above <paramref name="high"/>: steps of 1, 2 or 5 times a power of ten.</summary>
    public static double[] Ticks(double low, double high, int about = 5)
    {
        if (!(high > low))
            high = low + Math.Max(1e-3, Math.Abs(low) / 10);
        var raw = (high - low) / about;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        var first = Math.Floor(low / step + 1e-9);
        return [.. Enumerable.Range(0, (int)Math.Ceiling(high / step - 1e-9 - first) + 1).Select(i => (first + i) * step)];
    }
}
