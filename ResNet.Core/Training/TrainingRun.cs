using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>One run of a <see cref="Trainer"/>: its optimiser, its randomness, its clock.</summary>
internal sealed class TrainingRun : IDisposable
{
    // Work of a batch: forward and backward pass take about three times as long as a forward pass alone.
    private const int TrainWork = 3, ValidationWork = 1;

    private readonly ClassificationNetwork network;
    private readonly TrainingOptions options;
    private readonly Device device;
    private readonly SGD optimizer;
    private readonly Random random;
    private readonly IProgress<TrainingProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly long start = Stopwatch.GetTimestamp();
    private int epoch;
    private long stepsDone;
    private double workDone;
    private double rate;

    public TrainingRun(
        ClassificationNetwork network, TrainingOptions options, Device device,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        (this.network, this.options, this.device) = (network, options, device);
        (this.progress, this.cancellation) = (progress, cancellation);
        random = new Random(options.Seed);
        optimizer = optim.SGD(
            network.parameters(), options.LearningRate, options.Momentum, weight_decay: options.WeightDecay, nesterov: options.Nesterov);
    }

    public TrainingResult Execute(IImageDataset train, IImageDataset? validation)
    {
        var trainPlan = new BatchPlan(train.Count, options.BatchSize);
        var validationPlan = validation is null ? null : new BatchPlan(validation.Count, options.BatchSize);
        var steps = (long)options.Epochs * trainPlan.Batches;
        var work = (double)options.Epochs * ((trainPlan.Batches * TrainWork) + ((validationPlan?.Batches ?? 0) * ValidationWork));
        var epochs = new List<EpochMetrics>();
        for (epoch = 1; epoch <= options.Epochs; epoch++)
        {
            trainPlan.Shuffle(random);
            EpochMeter? validated = null;
            if (Pass(TrainingPhase.Train, train, trainPlan, steps, work) is not { } trained
                || (validation is not null && (validated = Pass(TrainingPhase.Validation, validation, validationPlan!, steps, work)) is null))
            {
                return Result(cancelled: true);
            }

            epochs.Add(new EpochMetrics(
                epoch, trained.Loss, trained.Accuracy, validated?.Loss, validated?.Accuracy, rate, trained.ImagesPerSecond));
        }

        return Result(cancelled: false);

        TrainingResult Result(bool cancelled) => new(epochs, cancelled, Stopwatch.GetElapsedTime(start), device.ToString());
    }

    public void Dispose() => optimizer.Dispose();

    // One pass over the data; null: cancelled before its end. The next batch is made while the device works on the current
    // one, whose outcome is asked for only then: that hides its making behind a GPU's work, and costs nothing on a CPU.
    private EpochMeter? Pass(TrainingPhase phase, IImageDataset data, BatchPlan plan, long steps, double work)
    {
        var training = phase == TrainingPhase.Train;
        network.train(training);
        using var gradients = set_grad_enabled(training);
        var meter = new EpochMeter();
        ImageBatch? next = null;
        try
        {
            for (var batch = 0; batch < plan.Batches; batch++)
            {
                if (cancellation.IsCancellationRequested)
                {
                    return stepsDone > 0 ? null : throw new OperationCanceledException(cancellation);
                }

                using var scope = NewDisposeScope();
                using var current = next ?? Load(data, plan[batch], training);
                var outcome = training ? Step(current, steps) : Measure(network.call(current.Pixels), current.Labels, smoothing: 0).Outcome;
                next = batch + 1 < plan.Batches ? Load(data, plan[batch + 1], training) : null;

                using var read = outcome.cpu();
                var (loss, correct) = (read.data<float>()[0], read.data<float>()[1]);
                if (!float.IsFinite(loss))
                {
                    throw new TrainingDivergedException(epoch, batch + 1, rate, loss);
                }

                meter.Add(current.Labels.shape[0], loss, correct);
                workDone += training ? TrainWork : ValidationWork;
                Report(phase, batch + 1, plan.Batches, meter, work);
            }
        }
        finally
        {
            next?.Dispose();
        }

        return meter;
    }

    private Tensor Step(ImageBatch batch, long steps)
    {
        rate = options.LearningRate * options.Schedule.Factor(new SchedulePosition(stepsDone, steps, options.Epochs));
        if (!(rate >= 0 && double.IsFinite(rate)))
        {
            throw new InvalidOperationException(
                $"The Schedule's factor at progress {(double)stepsDone / steps:g4} makes a learning rate of {rate}; it must be 0 or more, and finite.");
        }

        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        // The module's zero_grad lets go of the gradients; the optimiser's would fill them with zeros and add to those.
        network.zero_grad();
        network.Noise.Start(options.Seed, stepsDone);
        var (loss, outcome) = Measure(network.call(batch.Pixels), batch.Labels, options.LabelSmoothing);
        loss.backward();
        optimizer.step();
        stepsDone++;
        return outcome;
    }

    // The loss, and what to report: mean loss and number of correct images in one tensor, so that one read fetches both.
    private static (Tensor Loss, Tensor Outcome) Measure(Tensor logits, Tensor labels, double smoothing)
    {
        var loss = functional.cross_entropy(logits, labels, label_smoothing: smoothing);
        var correct = logits.argmax(1).eq(labels).sum(ScalarType.Float32);
        return (loss, stack([loss.detach(), correct]));
    }

    // A batch on the device, outside every dispose scope: the caller owns it.
    private ImageBatch Load(IImageDataset data, ReadOnlySpan<int> indices, bool augment)
    {
        using var scope = NewDisposeScope();
        using var batch = data.GetBatch(indices);
        CheckLabels(batch.Labels, indices);
        var pixels = batch.Pixels.to(device);
        return new ImageBatch(Own(augment ? options.Augmentation.Apply(pixels, random) : pixels), Own(batch.Labels.to(device)));

        static Tensor Own(Tensor tensor) => tensor.alias().DetachFromDisposeScope();
    }

    private void CheckLabels(Tensor labels, ReadOnlySpan<int> indices)
    {
        if (labels.dtype != ScalarType.Int64 || labels.NumberOfElements != indices.Length)
        {
            throw new ArgumentException(
                $"A batch must have one int64 label an image, but {indices.Length} images came with {labels.NumberOfElements} of {labels.dtype}.");
        }

        var values = MemoryMarshal.Cast<byte, long>(labels.cpu().bytes);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 || values[i] >= network.Specification.Classes)
            {
                throw new ArgumentException(
                    $"Labels must be 0 to {network.Specification.Classes - 1}, but image {indices[i]} has label {values[i]}.");
            }
        }
    }

    private void Report(TrainingPhase phase, int batch, int batches, EpochMeter meter, double work)
    {
        var elapsed = Stopwatch.GetElapsedTime(start);
        var validated = phase == TrainingPhase.Validation && batch == batches;
        progress?.Report(new TrainingProgress
        {
            Phase = phase,
            Epoch = epoch,
            Epochs = options.Epochs,
            Batch = batch,
            Batches = batches,
            Loss = meter.Loss,
            Accuracy = meter.Accuracy,
            ImagesPerSecond = meter.ImagesPerSecond,
            LearningRate = rate,
            Elapsed = elapsed,
            Remaining = elapsed * ((work - workDone) / workDone),
            ValidationLoss = validated ? meter.Loss : null,
            ValidationAccuracy = validated ? meter.Accuracy : null,
        });
    }
}
