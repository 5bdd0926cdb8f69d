using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.Samples;

/// <summary>samples/TransferLearning: one command from a folder to model.zip, report and predictions.</summary>
public class TransferLearningTests
{
    private static readonly SampleProgram Sample = new("TransferLearning");

    [Fact]
    public void OneCommandEndsWithAModelAReportAndPredictions()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = Sample.Run("--output", folder.Path, "--epochs", "1", "--batch-size", "64");
        Assert.Equal((0, ""), (code, error));

        // The printed predictions are those of the model.zip in an app of its own.
        var ml = new MLContext();
        var model = ml.Model.Load(folder.File("model.zip"), out _);
        using var engine = ml.Model.CreatePredictionEngine<LabeledImage, Scored>(model);
        VBuffer<ReadOnlyMemory<char>> slots = default;
        engine.OutputSchema["Score"].GetSlotNames(ref slots);
        var names = slots.DenseValues().Select(name => name.ToString()).ToArray();
        Assert.Equal(["circle", "cross", "ring", "triangle"], names);
        var rows = output.Split('\n').Select(line => line.Split('│', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 5 && cells[1].EndsWith(".png")).ToArray();
        Assert.Equal(3, rows.Length);
        foreach (var row in rows)
        {
            var score = engine.Predict(new LabeledImage { ImagePath = Path.Combine(folder.File("shapes"), row[2], row[1]) }).Score;
            Assert.StartsWith(names[Array.IndexOf(score, score.Max())] + " ", row[3]);
        }
        Assert.Contains("Confusion", File.ReadAllText(folder.File("report.html")));

        // And the model.zip is something to go on from.
        var (again, log, complaint) = Sample.Run("--output", folder.Path, "--weights", folder.File("model.zip"), "--mode", "fine-tune", "--epochs", "1", "--batch-size", "64");
        Assert.Equal((0, ""), (again, complaint));
        Assert.Contains($"resnet20 from '{folder.File("model.zip")}'", log.Replace("\n", ""));
    }

    [Theory]
    [InlineData("There is no folder 'none'", "--data", "none")]
    [InlineData("--mode frozen trains on from weights, but there are none", "--mode", "frozen")]
    [InlineData("Did you mean resnet50.keras_in1k?", "--weights", "resnet50.keras")]
    [InlineData("Which network is 'wrong.pth' for? Give --arch", "--weights", "wrong.pth")]
    public void MistakesAreOneLine(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("wrong.pth"), "no weights");
        var (code, _, error) = Sample.Run([.. arguments.Select(argument => argument == "wrong.pth" ? folder.File(argument) : argument), "--output", folder.Path]);
        Assert.Equal(1, code);
        Assert.Contains(expected, Assert.Single(error.Replace(folder.Path + Path.DirectorySeparatorChar, "").Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
