using System.Globalization;
using System.Xml.Linq;

namespace Experiments;

/// <summary>One line of a chart.</summary>
internal sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points, bool Dashed = false);

/// <summary>A line chart as a self-contained SVG picture.</summary>
internal sealed record Chart(string Name, string Title, string Across, string Up, IReadOnlyList<Series> Series, bool LogX = false, bool LogY = false)
{
    private const int Width = 880, Height = 480, Left = 78, Right = 250, Top = 46, Bottom = 56;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // Okabe and Ito's colours, which colour-blind readers can tell apart.
    private static readonly string[] Colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555", "#000000"];

    public string ToSvg()
    {
        var (across, up) = (new Axis(Series.SelectMany(s => s.Points).Select(p => p.X), LogX), new Axis(Series.SelectMany(s => s.Points).Select(p => p.Y), LogY));
        return new XElement(Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {Height}"), new XAttribute("width", Width), new XAttribute("height", Height),
            new XAttribute("font-family", "system-ui, 'DejaVu Sans', sans-serif"), new XAttribute("font-size", 13),
            new XElement(Svg + "title", Title),
            new XElement(Svg + "rect", new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("fill", "white")),
            Text(Left, 26, Title, "start", size: 16),
            up.Ticks().Select(tick => new[] { Line(Left, Y(tick.Place), Width - Right, Y(tick.Place), "#dddddd"), Text(Left - 8, Y(tick.Place) + 4, tick.Label, "end") }),
            across.Ticks().Select(tick => new[] { Line(X(tick.Place), Top, X(tick.Place), Height - Bottom, "#eeeeee"), Text(X(tick.Place), Height - Bottom + 19, tick.Label, "middle") }),
            Line(Left, Height - Bottom, Width - Right, Height - Bottom, "#333333"),
            Text(X(0.5), Height - 14, Across, "middle"),
            new XElement(Svg + "g", new XAttribute("transform", $"translate(18 {In(Y(0.5))}) rotate(-90)"), Text(0, 0, Up, "middle")),
            Series.Select((series, i) => Draw(series, i, across, up))).ToString();
    }

    private static object[] Draw(Series series, int number, Axis across, Axis up)
    {
        var color = Colors[number % Colors.Length];
        var points = series.Points.Where(p => across.IsShown(p.X) && up.IsShown(p.Y)).Select(p => (X: X(across.Place(p.X)), Y: Y(up.Place(p.Y)))).ToArray();
        var (x, y) = (Width - Right + 16, Top + 8 + (20 * number));
        return
        [
            new XElement(Svg + "polyline", new XAttribute("points", string.Join(' ', points.Select(p => $"{In(p.X)},{In(p.Y)}"))), Stroke(color, series.Dashed), new XAttribute("fill", "none")),
            points.Length > 60 ? [] : points.Select(p => new XElement(Svg + "circle", new XAttribute("cx", In(p.X)), new XAttribute("cy", In(p.Y)), new XAttribute("r", 2.5), new XAttribute("fill", color))),
            new XElement(Svg + "line", new XAttribute("x1", x), new XAttribute("x2", x + 22), new XAttribute("y1", y), new XAttribute("y2", y), Stroke(color, series.Dashed)),
            Text(x + 28, y + 4, series.Name, "start"),
        ];
    }

    private static object[] Stroke(string color, bool dashed) =>
        [new XAttribute("stroke", color), new XAttribute("stroke-width", 2), .. dashed ? new[] { new XAttribute("stroke-dasharray", "6 4") } : []];

    private static XElement Line(double x1, double y1, double x2, double y2, string color) =>
        new(Svg + "line", new XAttribute("x1", In(x1)), new XAttribute("y1", In(y1)), new XAttribute("x2", In(x2)), new XAttribute("y2", In(y2)), new XAttribute("stroke", color));

    private static XElement Text(double x, double y, string text, string anchor, int size = 12) =>
        new(Svg + "text", new XAttribute("x", In(x)), new XAttribute("y", In(y)), new XAttribute("text-anchor", anchor), new XAttribute("font-size", size), new XAttribute("fill", "#222222"), text);

    private static double X(double place) => Left + (place * (Width - Left - Right));

    private static double Y(double place) => Height - Bottom - (place * (Height - Top - Bottom));

    private static string In(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
