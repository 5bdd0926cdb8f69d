using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ResNet.Tests.MLNet.Reporting;

/// <summary>The page in a real browser, where there is one.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("browser-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Chromium_shows_the_page_without_a_complaint()
    {
        var browser = Browser();
        var report = SampleReport.Make(_folder);
        var page = Path.Combine(_folder, "report.html");
        report.Save(page);

        var (dom, log) = Open(browser, page);
        // The policy in the page makes every request and every script a complaint.
        Assert.DoesNotContain("CONSOLE", log);
        Assert.Matches(new Regex("<title>Flowers &lt;script&gt;"), dom);
        Assert.Equal(8, Regex.Count(dom, "<section id="));
        Assert.Equal(4, Regex.Count(dom, "<svg "));
        Assert.Equal(30, Regex.Count(dom, "<img "));
        Assert.DoesNotContain("<script", dom);
    }

    [SkippableFact]
    public void It_shows_the_page_of_several_labels_too()
    {
        var browser = Browser();
        var page = Path.Combine(_folder, "report.html");
        SampleMultiLabelReport.Make(_folder).Save(page);

        var (dom, log) = Open(browser, page);
        Assert.DoesNotContain("CONSOLE", log);
        Assert.Matches(new Regex("<title>Lights &lt;script&gt;"), dom);
        Assert.Equal(5, Regex.Count(dom, "<section id="));
        Assert.Equal(2, Regex.Count(dom, "<svg "));
        Assert.Equal(12, Regex.Count(dom, "<img "));
        Assert.DoesNotContain("<script", dom);
    }

    [SkippableFact]
    public void A_page_that_asks_or_scripts_would_be_noticed()
    {
        var browser = Browser();
        var page = Path.Combine(_folder, "bad.html");
        File.WriteAllText(page, "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\"><p>x<script>1</script><img src='https://example.invalid/x.png'>");
        Assert.Equal(2, Regex.Count(Open(browser, page).Log, "CONSOLE"));
    }

    private static string Browser()
    {
        var found = new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Skip.If(found is null, "needs Chromium, which is not on this machine's PATH");
        return found!;
    }

    private (string Dom, string Log) Open(string browser, string page)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--enable-logging=stderr", $"--user-data-dir={Path.Combine(_folder, "profile")}",
            "--dump-dom", new Uri(page).AbsoluteUri,
        })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var log = process.StandardError.ReadToEndAsync();
        var dom = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("Chromium did not end within two minutes.");
        }
        return (dom.Result, log.Result);
    }
}
