namespace ResNet.MLNet.Reporting.Sections;

/// <summary>What the run was made with.</summary>
internal static class RunSection
{
    public static Html Of(RunRecord? run) => run is null ? Html.None : Html.Of($"""
        <dl>
        {Entry("network", run.Network)}
        {Entry("started", run.Started?.In("yyyy-MM-dd HH:mm:ss zzz"))}
        {Entry("took", run.Elapsed is { } time ? Duration(time) : null)}
        {Entry("device", run.Device)}
        {Entry("seed", run.Seed?.In("0"))}
        {Entry("ended", run.Cancelled ? "cancelled; the network so far" : null)}
        </dl>
        {Table("Options", run.Options)}
        {Table("Versions", run.Versions)}
        {Table("SHA-256", run.Hashes)}
        """);

    private static Html Entry(string name, string? value) => value is null ? Html.None : Html.Of($"<dt>{name}</dt><dd>{value}</dd>");

    private static Html Table(string title, IReadOnlyList<KeyValuePair<string, string>> entries) => entries.Count == 0 ? Html.None : Html.Of($"""
        <h3>{title}</h3>
        <div class="scroll" tabindex="0"><table class="entries"><tbody>{entries.Select(e => Html.Of($"""<tr><th scope="row">{e.Key}</th><td><code>{e.Value}</code></td></tr>"""))}</tbody></table></div>
        """);

    private static string Duration(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{time.TotalSeconds.In("F1")} s";
}
