using System.Globalization;
using ResNet.Core;
using Xunit;

namespace ResNet.Tests.Core.Training;

public class LearningRateScheduleTests
{
    private static readonly Dictionary<string, ILearningRateSchedule> Ours = new()
    {
        ["step"] = LearningRateSchedule.Step(3, 0.2),
        ["multistep"] = LearningRateSchedule.MultiStep(0.1, 2, 7, 9),
        ["exponential"] = LearningRateSchedule.Exponential(0.94),
        ["polynomial"] = LearningRateSchedule.Polynomial(),
        ["polynomial2"] = LearningRateSchedule.Polynomial(2),
        ["cosine"] = LearningRateSchedule.CosineDecay(minimum: 0.1),
        ["onecycle"] = LearningRateSchedule.OneCycle(),
        ["onecycle-share"] = LearningRateSchedule.OneCycle(0.2, 5, 100),
        ["warmup-cosine"] = LearningRateSchedule.CosineDecay().WarmUp(5),
        ["warmup-multistep"] = LearningRateSchedule.MultiStep(0.1, 5, 10).WarmUp(5),
    };

    public static TheoryData<string> Names => [.. Ours.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_PyTorchs(string name)
    {
        var line = Fixture.Read("schedules.txt").Single(line => line[0] == name);
        var epochs = int.Parse(line[1], CultureInfo.InvariantCulture);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var expected = double.Parse(line[2 + epoch], CultureInfo.InvariantCulture);
            Assert.Equal(expected, Ours[name].Factor(new SchedulePosition(epoch, epochs, epochs)), 1e-10);

            // With several steps an epoch, those that go by epochs have the same value at an epoch's start.
            if (!name.StartsWith("onecycle", StringComparison.Ordinal))
            {
                Assert.Equal(expected, Ours[name].Factor(new SchedulePosition(epoch * 7, epochs * 7, epochs)), 1e-10);
            }
        }
    }

    [Fact]
    public void Steps_are_constant_within_an_epoch()
    {
        Assert.Equal([1, 1, 0.1], Rates(LearningRateSchedule.Step(1), steps: 4, epochs: 2)[..3], Close);
        Assert.Equal([1, 1, 1, 1, 0.94], Rates(LearningRateSchedule.Exponential(0.94, 2, staircase: true), steps: 8, epochs: 4)[..5], Close);
    }

    [Fact]
    public void Any_number_of_steps_gives_rates_from_0_to_1()
    {
        foreach (var schedule in Ours.Values)
        {
            for (var steps = 1; steps < 12; steps++)
            {
                Assert.All(Rates(schedule, steps, epochs: 1), rate => Assert.InRange(rate, 0, 1));
            }
        }
    }

    [Fact]
    public void One_cycle_rises_to_the_peak_and_falls_to_almost_nothing()
    {
        var rates = Rates(LearningRateSchedule.OneCycle(), steps: 100, epochs: 1);
        Assert.Equal([0.04, 1, 1 / 25e4], [rates[0], rates[29], rates[99]], Close);
    }

    [Fact]
    public void Cosine_decay_may_warm_up() =>
        Assert.Equal([0, 0.5, 1, 0.5], Values(LearningRateSchedule.CosineDecay(0.2), 0, 0.1, 0.2, 0.6), Close);

    [Fact]
    public void A_warm_up_longer_than_the_run_rises_throughout() =>
        Assert.Equal([0.2, 0.28, 0.36, 0.44, 0.52], Rates(LearningRateSchedule.Constant.WarmUp(4, 0.2), steps: 5, epochs: 2), Close);

    [Fact]
    public void Users_may_bring_their_own() =>
        Assert.Equal([0.25], Values(LearningRateSchedule.From(position => position.Progress / 2), 0.5));

    [Fact]
    public void Wrong_values_are_refused()
    {
        Assert.Equal([1, 0.1], Values(LearningRateSchedule.StepDecay(0.9), 0.8, 0.9), Close);
        Assert.Throws<ArgumentException>(() => LearningRateSchedule.StepDecay(0.7, 0.5));
        Assert.Throws<ArgumentException>(() => LearningRateSchedule.StepDecay(1.5));
        Assert.Throws<ArgumentException>(() => LearningRateSchedule.MultiStep(0.1));
        Assert.Throws<ArgumentException>(() => LearningRateSchedule.MultiStep(0.1, 30, 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.OneCycle(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.CosineDecay(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Exponential(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Polynomial(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Constant.WarmUp(0));
    }

    private static bool Close(double x, double y) => Math.Abs(x - y) < 1e-9;

    private static double[] Rates(ILearningRateSchedule schedule, int steps, double epochs) =>
        [.. Enumerable.Range(0, steps).Select(step => schedule.Factor(new SchedulePosition(step, steps, epochs)))];

    private static double[] Values(ILearningRateSchedule schedule, params double[] progress) =>
        [.. progress.Select(share => schedule.Factor(new SchedulePosition((long)Math.Round(share * 1000), 1000, 1)))];
}
