using System.Diagnostics;
using ResNet.Core;

namespace Benchmarks;

/// <summary>One network at one batch size; a measurement is a number of steps over ready images.</summary>
internal sealed record Workload(string Network, bool Training, int Batch, int Size, int Steps)
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("resnet20", Training: true, Batch: 128, Size: 32, Steps: 4),
        new("resnet20", Training: false, Batch: 128, Size: 32, Steps: 8),
        new("resnet18", Training: true, Batch: 32, Size: 224, Steps: 1),
        new("resnet18", Training: false, Batch: 32, Size: 224, Steps: 3),
    ];

    public string Name => $"{Network} {(Training ? "training" : "scoring")}, batch {Batch}, {Size}×{Size}";

    public Measurement Prepare() => new(this);
}

/// <summary>Our side of a workload: the trainer and the scorer as the ML.NET components use them.</summary>
internal sealed class Measurement : IDisposable
{
    private readonly Workload _workload;
    private readonly ClassificationNetwork _network;
    private readonly Scorer _scorer;
    private readonly float[] _pixels;
    private readonly float[] _probabilities;

    public Measurement(Workload workload)
    {
        _workload = workload;
        var spec = NetworkPresets.Get(workload.Network) with { InputSize = workload.Size };
        _network = spec.Create(seed: 0);
        _scorer = new Scorer(_network, workload.Batch);
        var random = new Random(0);
        _pixels = new float[workload.Batch * 3 * workload.Size * workload.Size];
        for (var i = 0; i < _pixels.Length; i++)
            _pixels[i] = random.Next(256);
        _probabilities = new float[workload.Batch * spec.Classes];
    }

    /// <summary>Runs that many steps and gives images per second.</summary>
    public double Run(int steps) => _workload.Training ? Train(steps) : Score(steps);

    // From the end of the first step to the end of the last: a run's start is no part of its speed.
    private double Train(int steps)
    {
        // The same ready images in every step, as the peer has them.
        var image = _pixels.Length / _workload.Batch;
        var bytes = Array.ConvertAll(_pixels, value => (byte)value);
        var labels = Enumerable.Range(0, _workload.Batch * (steps + 1)).Select(i => i % 10).ToArray();
        using var images = new InMemoryImageDataset(
            labels.Select((_, i) => new ReadOnlyMemory<byte>(bytes, i % _workload.Batch * image, image)),
            labels, channels: 3, _workload.Size, _workload.Size, _network.Specification.Classes);
        var trainer = new Trainer(_network, new TrainingOptions { Epochs = 1, BatchSize = _workload.Batch, LearningRate = 0.01, Schedule = LearningRateSchedule.Constant });
        var clock = new StepClock();
        trainer.Fit(images, progress: clock);
        return _workload.Batch * steps / clock.Elapsed;
    }

    private sealed class StepClock : IProgress<TrainingProgress>
    {
        private long _first, _last;

        public double Elapsed => Stopwatch.GetElapsedTime(_first, _last).TotalSeconds;

        public void Report(TrainingProgress value) => (_first, _last) = (_first == 0 ? Stopwatch.GetTimestamp() : _first, Stopwatch.GetTimestamp());
    }

    private double Score(int steps)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < steps; i++)
            _scorer.Score(_pixels, _workload.Batch, _probabilities);
        return _workload.Batch * steps / clock.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        _scorer.Dispose();
        _network.Dispose();
    }
}
