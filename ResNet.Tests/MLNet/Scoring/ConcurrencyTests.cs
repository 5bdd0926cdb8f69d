using Microsoft.ML;
using Xunit;

namespace ResNet.Tests.MLNet.Scoring;

/// <summary>One model, many threads.</summary>
public class ConcurrencyTests
{
    [Fact]
    public void ViewsAndEnginesScoreAtTheSameTime()
    {
        var (ml, data, model) = Pictures.Trained;
        var expected = Pictures.Scores(model.Transform(data));
        var pictures = Pictures.Make(90);

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, worker =>
        {
            if (worker % 2 == 0)
            {
                AssertClose(expected, Pictures.Scores(model.Transform(data)));
                return;
            }
            using var engine = ml.Model.CreatePredictionEngine<Picture, Opinion>(model, new PredictionEngineOptions { OwnsTransformer = false });
            AssertClose(expected, [.. pictures.Select(picture => engine.Predict(picture).Score)]);
        });
    }

    private static void AssertClose(float[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var row = 0; row < expected.Length; row++)
            for (var c = 0; c < 3; c++) Assert.Equal(expected[row][c], actual[row][c], 1e-6);
    }
}
