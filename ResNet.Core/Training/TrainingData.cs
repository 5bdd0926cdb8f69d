using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>A dataset in batches, in the order and with the loss that the options ask for.</summary>
internal sealed class TrainingData : IDisposable
{
    private readonly BatchPlan plan;
    private readonly BatchLoader loader;
    private readonly int[][]? classes;
    private readonly Tensor? weights;

    public TrainingData(IImageDataset data, TrainingOptions options, Device device)
    {
        Count = data.Count;
        plan = new BatchPlan(data.Count, options.BatchSize);
        loader = new BatchLoader(data, data.Classes, options, device);
        if (options.ClassBalancing == ClassBalancing.Sampling)
        {
            classes = [.. Groups(data.Labels).Where(images => images.Length > 0)];
        }

        weights = Weights(data, options) is { } values ? tensor(values, device: device).DetachFromDisposeScope() : null;
        Objective = new Objective(options.Loss, data.Classes, options.LabelSmoothing, weights);
    }

    public int Count { get; }

    public int Batches => plan.Batches;

    public Objective Objective { get; }

    /// <summary>A new order, or a new draw.</summary>
    public void Shuffle(Random random)
    {
        if (classes is null)
        {
            plan.Shuffle(random);
        }
        else
        {
            plan.Draw(classes, random);
        }
    }

    /// <summary>A batch on the device; the caller owns it. Augmented where there is a generator.</summary>
    public ImageBatch Load(int batch, Random? random) => loader.Load(plan[batch], random);

    public void Dispose() => weights?.Dispose();

    private static float[]? Weights(IImageDataset data, TrainingOptions options)
    {
        if (options.ClassWeights is { } given)
        {
            if (options.ClassBalancing == ClassBalancing.Weights)
            {
                throw new ArgumentException("ClassWeights are given and ClassBalancing is Weights; leave one of them out.");
            }

            return given.Count == data.Classes
                ? [.. given.Select(weight => (float)weight)]
                : throw new ArgumentException($"ClassWeights has {given.Count} values, but there are {data.Classes} classes; give one for each.");
        }

        if (options.ClassBalancing != ClassBalancing.Weights)
        {
            return null;
        }

        var labels = data.Labels;
        return [.. labels.ByClass().Select(images => Weight(images.Length, labels))];
    }

    private static float Weight(int images, ImageLabels labels) => (images, labels.AreSeveral) switch
    {
        // A class that no image has, or every image, has no two sides to balance.
        (_, true) when images == 0 || images == labels.Count => 1,
        (_, true) => (float)(labels.Count - images) / images,
        (0, false) => 0,
        _ => (float)labels.Count / (labels.Classes * images),
    };

    // The images of each class, and those of none.
    private static IEnumerable<int[]> Groups(ImageLabels labels)
    {
        var classes = labels.ByClass();
        return classes.Append([.. Enumerable.Range(0, labels.Count).Except(classes.SelectMany(images => images))]);
    }
}
