using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Training;

public class TrainingOptionsTests
{
    [Fact]
    public void Defaults_are_the_original_recipe()
    {
        var options = new TrainingOptions();
        Assert.Equal((256, 0.1, 0.0), (options.BatchSize, options.LearningRate, options.LabelSmoothing));
        Assert.Equal(new SgdOptions { Momentum = 0.9, WeightDecay = 1e-4, Nesterov = false }, options.Optimizer);
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
        { "Optimizer", () => new TrainingOptions { Optimizer = null! } },
        { "MicroBatchSize", () => new TrainingOptions { MicroBatchSize = 0 } },
        { "ClassWeights", () => new TrainingOptions { ClassWeights = [1, 0] } },
        { "TimeBudget", () => new TrainingOptions { TimeBudget = TimeSpan.Zero } },
        { "Mode", () => new TrainingOptions { Mode = null! } },
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
