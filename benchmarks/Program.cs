// Images per second of training and scoring, ours against eager PyTorch with torchvision's networks: the same batches on
// the same threads, in turns within one run. A ratio is taken within each round and given with its spread.
using System.CommandLine;
using System.Globalization;
using Benchmarks;
using Spectre.Console;

var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = _ => 7 };
var only = new Option<string?>("--only") { Description = "Only the workloads whose name contains this." };
var python = new Option<string>("--python") { Description = "A Python with torch and torchvision.", DefaultValueFactory = _ => "/usr/bin/python3" };
var output = new Option<string>("--output") { Description = "The CSV file to write.", DefaultValueFactory = _ => Path.Combine("artifacts", "bench", "torch.csv") };

var command = new RootCommand("Measures training and scoring against PyTorch and torchvision.") { rounds, only, python, output };
command.SetAction(parsed =>
{
    using var peer = new Peer(parsed.GetValue(python)!);
    AnsiConsole.MarkupLineInterpolated($"Peer: {peer.Description}. Ours: the same number of threads.");
    var results = Workload.All.Where(w => parsed.GetValue(only) is not { } part || w.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
        .Select(w => Measure(w, peer, parsed.GetValue(rounds))).ToArray();
    Show(results);
    var file = parsed.GetValue(output)!;
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
    File.WriteAllLines(file, results.SelectMany(r => r.Rounds.Select((x, i) => string.Create(CultureInfo.InvariantCulture, $"{r.Workload.Name},{i + 1},{x.Ours:F2},{x.Peer:F2},{x.PeerChannelsLast:F2}")))
        .Prepend("workload,round,ours,peer,peer_channels_last"));
    AnsiConsole.MarkupLineInterpolated($"Wrote {file}.");
});
return await command.Parse(args).InvokeAsync();

static Result Measure(Workload workload, Peer peer, int rounds)
{
    using var ours = workload.Prepare();
    // One round to warm up: first calls allocate, choose kernels and compile.
    ours.Run(workload.Steps);
    peer.Run(workload, "nchw");
    peer.Run(workload, "nhwc");
    var measured = new List<Round>();
    for (var i = 0; i < rounds; i++)
        measured.Add(new(ours.Run(workload.Steps), peer.Run(workload, "nchw"), peer.Run(workload, "nhwc")));
    return new(workload, measured);
}

static void Show(IEnumerable<Result> results)
{
    var table = new Table().Border(TableBorder.Markdown).AddColumns("workload", "ours", "PyTorch", "PyTorch channels-last", "ours / PyTorch", "ours / channels-last");
    foreach (var r in results)
        table.AddRow(r.Workload.Name, Spread(r.Rounds.Select(x => x.Ours), "F1"), Spread(r.Rounds.Select(x => x.Peer), "F1"), Spread(r.Rounds.Select(x => x.PeerChannelsLast), "F1"),
            Spread(r.Rounds.Select(x => x.Ours / x.Peer), "F2"), Spread(r.Rounds.Select(x => x.Ours / x.PeerChannelsLast), "F2"));
    AnsiConsole.MarkupLine("Images per second: median (lowest – highest of the rounds); a ratio is taken within a round.");
    AnsiConsole.Profile.Width = 200;
    AnsiConsole.Write(table);
}

static string Spread(IEnumerable<double> values, string format)
{
    var sorted = values.Order().ToArray();
    return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2].ToString(format, CultureInfo.InvariantCulture)} ({sorted[0].ToString(format, CultureInfo.InvariantCulture)} – {sorted[^1].ToString(format, CultureInfo.InvariantCulture)})");
}

internal sealed record Round(double Ours, double Peer, double PeerChannelsLast);

internal sealed record Result(Workload Workload, IReadOnlyList<Round> Rounds);
