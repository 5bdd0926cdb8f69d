using System.Xml.Linq;
using Experiments;

namespace ResNet.Tests.Samples;

public class ExperimentTests
{
    public static TheoryData<string> Names => [.. Catalog.All.Select(experiment => experiment.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EachRunsAndWritesPicturesAndFigures(string name)
    {
        using var folder = new TemporaryFolder();
        var experiment = Catalog.All.Single(e => e.Name == name);
        List<string> log = [];
        var files = Job.Run(experiment, new Settings { Scale = Scale.Tiny, Data = "generated", Device = "cpu", Output = folder.Path }, log.Add, default);
        Assert.Contains(files, file => file.EndsWith(".csv"));
        foreach (var svg in files.Where(file => file.EndsWith(".svg")))
        {
            Assert.Contains(XDocument.Load(svg).Descendants(), element => element.Name.LocalName == "polyline" && element.Attribute("points")!.Value.Length > 0);
        }

        foreach (var csv in files.Where(file => file.EndsWith(".csv")))
        {
            var lines = File.ReadAllLines(csv);
            Assert.True(lines.Length > 1, csv);
            Assert.DoesNotContain(lines, line => line.Contains("NaN"));
        }

        Assert.Equal(log.Count(line => line.StartsWith("Claim:")), log.Count(line => line.StartsWith("Verdict:")));
        Assert.Contains(log, line => line.StartsWith("Verdict:"));
    }

    [Fact]
    public void UnknownDataAndSizesAreRefused()
    {
        Assert.Contains("fashion-mnist, generated", Assert.Throws<ArgumentException>(() => ImageData.Load(new Settings { Data = "mnist" }, 4, 4)).Message);
        Assert.Contains("--images", Assert.Throws<ArgumentException>(() => Job.Run(Catalog.All[0], new Settings { Images = 1 }, _ => { }, default)).Message);
    }

    [Fact]
    public void DifferencesWithinChanceAreUndecided()
    {
        Assert.Equal(Verdict.Undecided, ErrorRates.IsLower(0.10, 0.11, images: 1000));
        Assert.Equal(Verdict.Agrees, ErrorRates.IsLower(0.10, 0.11, images: 100_000));
        Assert.Equal(Verdict.Disagrees, ErrorRates.IsLower(0.11, 0.10, images: 100_000));
        Assert.Equal(0.03, ErrorRates.StandardError(0.1, 0.1, images: 200), 12);
    }
}
