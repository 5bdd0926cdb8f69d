using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.Tests.MLNet.Saving;

namespace ResNet.Tests.MLNet.Scoring;

/// <summary>Scores averaged over an image and its mirror image: in both engines, and wherever the model.zip is loaded.</summary>
public class TestTimeAugmentationTests
{
    private static readonly MLContext Ml = new(1);

    private static readonly IDataView Data = Pictures.Keyed(Ml, Pictures.Make(20));

    private static ResNetClassificationTransformer Train(Action<ResNetClassificationTrainer.Options> change) =>
        new ResNetClassificationTrainer(Pictures.Options(change)).Fit(Data);

    [Theory]
    [InlineData(ScoringEngine.OnnxRuntime)]
    [InlineData(ScoringEngine.TorchSharp)]
    public void Flip_is_the_mean_over_both_by_hand(ScoringEngine engine)
    {
        using var plain = Train(o => o.ScoringEngine = engine);
        using var both = Train(o => (o.ScoringEngine, o.TestTimeAugmentation) = (engine, TestTimeAugmentation.Flip));
        var expected = ByHand(plain);
        AssertClose(expected, Pictures.Scores(both.Transform(Data)));
        Assert.True(Distance(expected, Pictures.Scores(plain.Transform(Data))) > 1e-3, "mirroring changes nothing, so the test shows nothing");

        using var engineOfOne = Ml.Model.CreatePredictionEngine<Picture, Opinion>(both, new PredictionEngineOptions { OwnsTransformer = false });
        AssertClose(expected, [.. Pictures.Make(20).Select(picture => engineOfOne.Predict(picture).Score)]);
    }

    [Fact]
    public void A_model_zip_does_the_same_in_any_app_and_an_option_overrides_it()
    {
        using var saved = new SavedModels();
        using var plain = Train(_ => { });
        using var both = Train(o => o.TestTimeAugmentation = TestTimeAugmentation.Flip);
        var expected = ByHand(plain);
        var zip = saved.Save(Ml, both, Data.Schema);
        using var stock = (IDisposable)Ml.Model.Load(zip, out _);
        AssertClose(expected, Pictures.Scores(((ITransformer)stock).Transform(Data)));
        SavedModels.AssertSameScores(both.Transform(Data), ((ITransformer)stock).Transform(Data));

        using var ours = Reopen(zip, null);
        Assert.Equal(TestTimeAugmentation.Flip, ours.TestTimeAugmentation);
        AssertClose(expected, Pictures.Scores(ours.Transform(Data)));
        using var torch = Reopen(zip, new() { Engine = ScoringEngine.TorchSharp });
        AssertClose(expected, Pictures.Scores(torch.Transform(Data)));

        using var without = Reopen(zip, new() { TestTimeAugmentation = TestTimeAugmentation.None });
        AssertClose(Pictures.Scores(plain.Transform(Data)), Pictures.Scores(without.Transform(Data)));
        using var again = Reopen(saved.Save(Ml, without, Data.Schema, "without.zip"), null);
        Assert.Equal(TestTimeAugmentation.None, again.TestTimeAugmentation);
        AssertClose(Pictures.Scores(plain.Transform(Data)), Pictures.Scores(again.Transform(Data)));
        using var added = Reopen(saved.Save(Ml, plain, Data.Schema, "plain.zip"), new() { TestTimeAugmentation = TestTimeAugmentation.Flip });
        AssertClose(expected, Pictures.Scores(added.Transform(Data)));
    }

    [Fact]
    public void Ten_crops_of_images_without_room_are_refused_before_training()
    {
        var log = new List<string>();
        var context = new MLContext(1);
        context.Log += (_, message) => log.Add(message.Message);
        var error = Assert.Throws<ArgumentException>(() => Train(o => (o.TestTimeAugmentation, o.Context) = (TestTimeAugmentation.TenCrop, context)));
        Assert.Contains("12×12", error.Message);
        Assert.DoesNotContain(log, line => line.Contains("poch"));
        Assert.Contains("must be one of None, Flip, TenCrop",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ScoringOptions { TestTimeAugmentation = (TestTimeAugmentation)7 }).Message);
        Assert.Contains("TestTimeAugmentation", Assert.Throws<ArgumentException>(() => Ml.Transforms.ResNetFeatures(
            "Embedding", "Features", Pictures.Trained.Model.LastTransformer.Network, scoring: new() { TestTimeAugmentation = TestTimeAugmentation.Flip })).Message);
    }

    private static ResNetClassificationTransformer Reopen(string zip, ScoringOptions? scoring) =>
        (ResNetClassificationTransformer)Ml.Model.LoadResNet(zip, out _, scoring);

    private static float[][] ByHand(ResNetClassificationTransformer plain)
    {
        var pictures = Pictures.Make(20);
        var mirrored = pictures.Select(picture => new Picture
        {
            Id = picture.Id,
            Label = picture.Label,
            Features = [.. picture.Features.Chunk(Pictures.Side).SelectMany(row => row.Reverse())],
        });
        return [.. Pictures.Scores(plain.Transform(Data)).Zip(
            Pictures.Scores(plain.Transform(Pictures.Keyed(Ml, mirrored))), (one, other) => one.Zip(other, (a, b) => (a + b) / 2).ToArray())];
    }

    private static void AssertClose(float[][] expected, float[][] actual) => Assert.InRange(Distance(expected, actual), 0, 1e-5);

    private static double Distance(float[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        return expected.Zip(actual).Max(pair => pair.First.Zip(pair.Second).Max(score => Math.Abs(score.First - score.Second)));
    }
}
