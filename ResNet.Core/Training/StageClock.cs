namespace ResNet.Core;

/// <summary>
/// Where a stage of a run is in its schedule: at the next of its steps, or further on where the time budget is nearer its end than the
/// steps are.
/// </summary>
internal sealed class StageClock
{
    private readonly TrainingStage stage;
    private readonly long steps;
    private readonly RunClock clock;
    private readonly TimeSpan start;
    private readonly TimeSpan? budget;
    private long done;
    private bool begun;

    /// <param name="stepsLeft">Steps that are left of this stage and of those after it, among which the time that is left is divided.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="stepsPerEpoch">Steps of each of its epochs.</param>
    /// <param name="epochsDone">Epochs of the stage that an earlier run has done.</param>
    /// <param name="clock">The run's clock.</param>
    public StageClock(long stepsLeft, TrainingStage stage, int stepsPerEpoch, int epochsDone, RunClock clock)
    {
        (this.stage, this.clock, steps) = (stage, clock, (long)stage.Epochs * stepsPerEpoch);
        done = (long)epochsDone * stepsPerEpoch;
        start = clock.Elapsed;
        budget = clock.Left * ((double)(steps - done) / stepsLeft);
    }

    /// <summary>Whether the stage's share of the time budget is spent; not before its first step.</summary>
    public bool IsOver => begun && clock.Elapsed - start >= budget;

    /// <summary>The learning rate of the next step.</summary>
    public double NextRate()
    {
        var byTime = budget is { } time ? (long)((clock.Elapsed - start) / time * steps) : 0;
        var position = new SchedulePosition(Math.Min(Math.Max(done, byTime), steps - 1), steps, stage.Epochs);
        done++;
        begun = true;
        var rate = stage.LearningRate * stage.Schedule.Factor(position);
        return rate >= 0 && double.IsFinite(rate) ? rate : throw new InvalidOperationException(
            $"The Schedule's factor at progress {position.Progress:g4} makes a learning rate of {rate}; it must be 0 or more, and finite.");
    }
}
