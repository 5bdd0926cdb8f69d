using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Training;

public class TrainingOptionsTests
{
    [Fact]
    public void Defaults_are_the_original_recipe()
    {
        var options = new TrainingOptions();
        Assert.Equal((256, 0.1, 0.9, 1e-4, false, 0.0), (options.BatchSize, options.LearningRate, options.Momentum, options.WeightDecay, options.Nesterov, options.LabelSmoothing));
        Assert.Equal([1, 1, 0.1, 0.1, 0.01], Rates(options.Schedule, 0, 0.49, 0.5, 0.74, 0.75), new Close());
        Assert.Same(Augmentation.None, options.Augmentation);
        Assert.Equal("auto", options.Device);
        Assert.Null(options.Threads);
    }

    public static TheoryData<string, Func<TrainingOptions>> Wrong() => new()
    {
        { "Epochs", () => new TrainingOptions { Epochs = 0 } },
        { "BatchSize", () => new TrainingOptions { BatchSize = 0 } },
        { "LearningRate", () => new TrainingOptions { LearningRate = -0.1 } },
        { "LearningRate", () => new TrainingOptions { LearningRate = 0 } },
        { "LearningRate", () => new TrainingOptions { LearningRate = double.NaN } },
        { "LearningRate", () => new TrainingOptions { LearningRate = double.PositiveInfinity } },
        { "Momentum", () => new TrainingOptions { Momentum = 1 } },
        { "WeightDecay", () => new TrainingOptions { WeightDecay = -1 } },
        { "LabelSmoothing", () => new TrainingOptions { LabelSmoothing = 1 } },
        { "Threads", () => new TrainingOptions { Threads = 0 } },
        { "Device", () => new TrainingOptions { Device = "gpu" } },
        { "Device", () => new TrainingOptions { Device = "cuda:x" } },
        { "Schedule", () => new TrainingOptions { Schedule = null! } },
        { "Augmentation", () => new TrainingOptions { Augmentation = null! } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Errors_name_the_option(string option, Func<TrainingOptions> create) =>
        Assert.Contains(option, Assert.ThrowsAny<ArgumentException>(create).Message);

    private static double[] Rates(ILearningRateSchedule schedule, params double[] progress) => [.. progress.Select(share => schedule.Factor(new SchedulePosition((long)(share * 1000), 1000, 10)))];

    private sealed class Close : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-5;

        public int GetHashCode(double value) => 0;
    }
}
