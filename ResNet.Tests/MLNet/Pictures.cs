using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet;

/// <summary>A labelled picture of 3×12×12 values; each class has its own bright channel.</summary>
public sealed class Picture
{
    public int Id { get; set; }

    public string Label { get; set; } = "";

    [VectorType(3, 12, 12)]
    public float[] Features { get; set; } = [];
}

/// <summary>What the model says of a picture.</summary>
public sealed class Opinion
{
    public int Id { get; set; }

    public float[] Score { get; set; } = [];

    public uint PredictedLabel { get; set; }

    public string Fruit { get; set; } = "";
}

internal static class Pictures
{
    public const int Side = 12;

    /// <summary>In the order in which they first occur, which is not the alphabet's.</summary>
    public static readonly string[] Labels = ["pear", "apple", "fig"];

    /// <summary>A network of 1,700 parameters that tells the pictures apart after a few epochs.</summary>
    public static ResNetSpecification Tiny(int channels = 3) => new()
    {
        Name = "tiny",
        Stem = StemKind.Cifar,
        Stages = [1, 1],
        Width = 4,
        Shortcut = ShortcutOption.A,
        InputChannels = channels,
        InputSize = Side,
        Normalization = Normalization.Centered(channels),
    };

    private static readonly Lazy<(MLContext Context, IDataView Data, TransformerChain<ResNetClassificationTransformer> Model)> Shared = new(() =>
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Make(90));
        return (ml, data, Pipeline(ml, Options()).Fit(data));
    });

    /// <summary>A model that several tests look at and none changes or disposes.</summary>
    public static (MLContext Context, IDataView Data, TransformerChain<ResNetClassificationTransformer> Model) Trained => Shared.Value;

    public static List<Picture> Make(int count, int seed = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(id => new Picture { Id = id, Label = Labels[id % 3], Features = Pixels(random, id % 3) })];
    }

    public static ResNetClassificationTrainer.Options Options(Action<ResNetClassificationTrainer.Options>? change = null)
    {
        var options = new ResNetClassificationTrainer.Options
        {
            Specification = Tiny(),
            Epoch = 5,
            BatchSize = 16,
            ScoringBatchSize = 8,
            LearningRate = 0.05,
            Device = "cpu",
        };
        change?.Invoke(options);
        return options;
    }

    public static EstimatorChain<ResNetClassificationTransformer> Pipeline(MLContext ml, ResNetClassificationTrainer.Options options) =>
        ml.Transforms.Conversion.MapValueToKey(options.LabelColumnName).Append(ml.MulticlassClassification.Trainers.ResNetClassification(options));

    /// <summary>The pictures with their labels as keys, for a trainer alone.</summary>
    public static IDataView Keyed(MLContext ml, IEnumerable<Picture> pictures)
    {
        var view = ml.Data.LoadFromEnumerable(pictures);
        return ml.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view);
    }

    public static float[][] Scores(IDataView scored) => [.. scored.GetColumn<float[]>("Score")];

    /// <summary>All parameters of the network, in order.</summary>
    public static float[] Weights(ResNetClassificationTransformer model) =>
        [.. model.Network.parameters().SelectMany(parameter => parameter.detach().cpu().flatten().data<float>().ToArray())];

    private static float[] Pixels(Random random, int bright) =>
        [.. Enumerable.Range(0, 3 * Side * Side).Select(i => (float)random.Next(0, 120) + (i / (Side * Side) == bright ? 100 : 0))];
}
