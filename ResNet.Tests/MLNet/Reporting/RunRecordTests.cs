using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Reporting;

public sealed class RunRecordTests
{
    [Fact]
    public void Options_are_described_by_name()
    {
        var options = RunRecord.Describe(Pictures.Options(o => o.Seed = 7)).ToDictionary();
        Assert.Equal("7", options["Seed"]);
        Assert.Equal("0.05", options["LearningRate"]);
        Assert.Equal("cpu", options["Device"]);
        Assert.DoesNotContain("Context", options.Keys.Where(k => options[k] == "MLContext"));
        Assert.DoesNotContain("CancellationToken", options.Keys);
        // Listed by its parts, under their own names; a schedule and published weights by theirs.
        Assert.DoesNotContain("Training", options.Keys);
        Assert.Equal("OneCycle", RunRecord.Describe(new TrainingOptions { Schedule = LearningRateSchedule.OneCycle() }).ToDictionary()["Schedule"]);
        Assert.Equal("resnet18.tv_in1k", RunRecord.Describe(new ResNetClassificationTrainer.Options { Weights = Pretrained.Get("resnet18.tv_in1k") }).ToDictionary()["Weights"]);
        Assert.Equal("none", RunRecord.Describe(new TrainingOptions()).ToDictionary()["Threads"]);
    }

    [Fact]
    public void The_versions_are_this_processs() => Assert.Equal(Environment.Version.ToString(), new RunRecord().Versions.ToDictionary()[".NET"]);

    [Fact]
    public void A_files_hash_is_SHA_256()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "abc"); // FIPS 180-2, B.1
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", RunRecord.HashOf(file));
        File.Delete(file);
    }
}
