using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;

namespace TransferLearning;

/// <summary>What the saved model says of an image: its classes, the likeliest first.</summary>
internal sealed record Prediction(LabeledImage Image, IReadOnlyList<(string Class, float Probability)> Classes);

/// <summary>Predictions as another app makes them: nothing but the file and ML.NET.</summary>
internal static class Predictions
{
    private const int Shown = 3;

    public static IReadOnlyList<Prediction> FromFile(string zip, ImageSet test, int seed)
    {
        var ml = new MLContext();
        var model = ml.Model.Load(zip, out _);
        using var engine = ml.Model.CreatePredictionEngine<LabeledImage, Scored>(model);
        VBuffer<ReadOnlyMemory<char>> slots = default;
        engine.OutputSchema[nameof(Scored.Score)].GetSlotNames(ref slots);
        var names = slots.DenseValues().Select(name => name.ToString()).ToArray();
        var images = test.Images.ToArray();
        new Random(seed).Shuffle(images);
        // Of different classes, as far as there are.
        var shown = images.DistinctBy(image => image.Label).Concat(images).Distinct().Take(Shown);
        // The label is not known to an app that asks for one.
        return [.. shown.Select(image => new Prediction(image, Top(engine.Predict(new LabeledImage { ImagePath = image.ImagePath }).Score)))];

        IReadOnlyList<(string, float)> Top(float[] score) =>
            [.. names.Zip(score).OrderByDescending(pair => pair.Second).Take(3)];
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }
}
