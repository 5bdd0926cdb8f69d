using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.Tests.Samples;

/// <summary>samples/YourOwn: a module and a transformer of one's own, trained, saved and reloaded by one command; and the page that shows them.</summary>
public class YourOwnTests
{
    [Fact]
    public void OneCommandTrainsSavesAndReloads()
    {
        using var folder = new TemporaryFolder();
        var zip = folder.File("model.zip");
        var (code, output, error) = new SampleProgram("YourOwn").Run(zip);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, ""), (code, error));

        var accuracy = lines.Single(line => line.StartsWith("accuracy "))["accuracy ".Length..].Replace("%", "");
        Assert.InRange(double.Parse(accuracy, CultureInfo.InvariantCulture), 90, 100);
        var predictions = lines.Where(line => line.Contains(", reloaded ")).ToArray();
        Assert.Equal(3, predictions.Length);
        foreach (var line in predictions)
        {
            var (before, after) = (line.Split(": ")[1].Split(", reloaded ")[0], line.Split(", reloaded ")[1]);
            Assert.Equal(before, after);
            Assert.StartsWith(line.Split(':')[0], after);
        }

        // Stock transformers alone, here as in any app.
        using var model = (IDisposable)new MLContext().Model.Load(zip, out _);
        Assert.All((IEnumerable<ITransformer>)model, part => Assert.StartsWith("Microsoft.ML", part.GetType().Assembly.GetName().Name));
    }

    [Fact]
    public void ThePageShowsTheSamplesLines()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "your-own.md"));
        var sources = Directory.GetFiles(Path.Combine(Repository.Root, "samples", "YourOwn"), "*.cs").Select(File.ReadAllText).SelectMany(Lines).ToHashSet();
        var shown = page.Split("```csharp\n").Skip(1).Select(block => block.Split("```")[0]).SelectMany(Lines).ToArray();
        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(line, sources));

        static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line != "…");
    }
}
