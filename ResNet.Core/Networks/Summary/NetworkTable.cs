using System.Globalization;

namespace ResNet.Core;

/// <summary>The table of all presets: size, work, published error, what of it is reproduced.</summary>
public static class NetworkTable
{
    /// <summary>The table's two first lines, in Markdown.</summary>
    public const string Header = "| network | input | parameters | GMACs | published error | source | reproduced here |\n| --- | --- | --- | --- | --- | --- | --- |";

    /// <summary>One preset's line, in Markdown. Builds the network to count it: half a gigabyte for the largest.</summary>
    /// <param name="name">A name of <see cref="NetworkPresets.Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static string Row(string name)
    {
        var summary = NetworkSummary.Of(NetworkPresets.Get(name));
        var published = PublishedError.All.FirstOrDefault(error => error.Name == summary.Name);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {summary.Name} | {summary.InputSize}×{summary.InputSize} | {summary.Parameters:n0} | {summary.MultiplyAdds / 1e9:0.000} | " +
            $"{(published is null ? "–" : FormattableString.Invariant($"{published.Percent:0.00} % ({published.DataSet})"))} | {published?.Source ?? "–"} | {Reproduced.Of(summary.Name)} |");
    }

    /// <summary>The whole table, in Markdown, line by line as it is computed; all presets take some seconds.</summary>
    public static IEnumerable<string> Lines() => NetworkPresets.Names.Select(Row).Prepend(Header);
}
