using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Files that are no image, in training and in scoring: an error that names them, or left out, or not a number; never another row's pixels.</summary>
public sealed class UnreadableImageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _log = [];

    public void Dispose() => _folder.Dispose();

    public enum Loading
    {
        Stock,
        Prepared,
        UprightExact,
    }

    private List<LabeledImage> Write(int count)
    {
        var pictures = Pictures.Make(count);
        return [.. pictures.Select(picture =>
        {
            var rgba = new byte[4 * Pictures.Side * Pictures.Side];
            for (var i = 0; i < rgba.Length; i++) rgba[i] = i % 4 == 3 ? (byte)255 : (byte)picture.Features[(i % 4 * rgba.Length / 4) + (i / 4)];
            using var image = MLImage.CreateFromPixels(Pictures.Side, Pictures.Side, MLPixelFormat.Rgba32, rgba);
            Directory.CreateDirectory(_folder.File(picture.Label));
            var path = Path.Combine(_folder.File(picture.Label), $"{picture.Id:0000}.jpg");
            image.Save(path);
            return new LabeledImage { ImagePath = path, Label = picture.Label };
        })];
    }

    private (MLContext Context, EstimatorChain<ResNetClassificationTransformer> Estimator) Pipeline(Loading loading, Action<ResNetClassificationTrainer.Options> change)
    {
        var ml = new MLContext(1);
        ml.Log += (_, e) => _log.Add(e.Message);
        var options = Pictures.Options(o => (o.Context, o.Seed, o.Threads, o.WorkspacePath, o.Epoch) = (ml, 2, 1, _folder.File("workspace"), 2));
        change(options);
        var keys = ml.Data.LoadFromEnumerable(Pictures.Labels.Select(label => new { Label = label }));
        IEstimator<ITransformer> images = loading switch
        {
            Loading.Stock => ml.Transforms.LoadImages("Image", "", "ImagePath")
                .Append(ml.Transforms.ResizeImages("Image", Pictures.Side, Pictures.Side))
                .Append(ml.Transforms.ExtractPixels("Features", "Image")),
            Loading.Prepared => ml.Transforms.LoadImages("Image", "", "ImagePath").Append(ml.Transforms.PrepareImages("Features", "Image", Preprocessing.Square(Pictures.Side))),
            _ => ml.Transforms.LoadUprightImages("Image", "ImagePath")
                .Append(ml.Transforms.PrepareImages("Features", "Image", Preprocessing.Square(Pictures.Side), PrepareImagesMode.Exact)),
        };
        return (ml, ml.Transforms.Conversion.MapValueToKey("Label", keyData: keys)
            .Append(images).Append(ml.MulticlassClassification.Trainers.ResNetClassification(options)));
    }

    private TransformerChain<ResNetClassificationTransformer> Fit(IReadOnlyList<LabeledImage> files, Loading loading, Action<ResNetClassificationTrainer.Options> change)
    {
        var (ml, estimator) = Pipeline(loading, change);
        return estimator.Fit(ml.Data.LoadFromEnumerable(files));
    }

    private static string Error(Action action)
    {
        var error = Record.Exception(action);
        for (; error is not null and not InvalidDataException; error = error.InnerException)
        {
        }
        return Assert.IsType<InvalidDataException>(error).Message;
    }

    [Theory]
    [InlineData(Loading.Stock, false)]
    [InlineData(Loading.Stock, true)]
    [InlineData(Loading.Prepared, false)]
    [InlineData(Loading.Prepared, true)]
    [InlineData(Loading.UprightExact, false)]
    [InlineData(Loading.UprightExact, true)]
    public void TheRowAndTheFileAreNamed(Loading loading, bool frozen)
    {
        var files = Write(60);
        File.WriteAllText(files[41].ImagePath, "no image");
        var message = Error(() => Fit(files, loading, o => Freeze(o, frozen)));
        Assert.Contains(files[41].ImagePath, message);
        if (loading != Loading.UprightExact) Assert.Contains("Row 41 (from 0)", message);
    }

    [Theory]
    [InlineData(Loading.Stock, false)]
    [InlineData(Loading.Stock, true)]
    [InlineData(Loading.Prepared, false)]
    [InlineData(Loading.Prepared, true)]
    [InlineData(Loading.UprightExact, false)]
    [InlineData(Loading.UprightExact, true)]
    public void SkippingGivesTheModelOfTheOthersToTheBit(Loading loading, bool frozen)
    {
        var files = Write(60);
        File.WriteAllText(files[41].ImagePath, "no image");
        File.Delete(files[7].ImagePath);
        using var skipped = Fit(files, loading, o =>
        {
            Freeze(o, frozen);
            o.UnreadableImages = UnusableImagePolicy.Skip;
        });
        Assert.Equal([7L, 41L], skipped.LastTransformer.SkippedRows.Select(row => row.Row));
        Assert.All(skipped.LastTransformer.SkippedRows.Zip([files[7], files[41]]), pair => Assert.Contains(pair.Second.ImagePath, pair.First.Reason));
        Assert.Contains(_log, line => line.Contains("2 rows of the training data left out") && line.Contains(files[7].ImagePath));
        using var without = Fit([.. files.Where((_, i) => i is not (7 or 41))], loading, o => Freeze(o, frozen));
        Assert.Equal(Pictures.Weights(without.LastTransformer), Pictures.Weights(skipped.LastTransformer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AClassThatLosesAllItsImagesIsNamed(bool frozen)
    {
        var files = Write(30);
        foreach (var file in files.Where(file => file.Label == "fig")) File.WriteAllText(file.ImagePath, "");
        var message = Error(() => Fit(files, Loading.Prepared, o =>
        {
            Freeze(o, frozen);
            o.UnreadableImages = UnusableImagePolicy.Skip;
        }));
        Assert.Contains("None of the training images of the class 'fig' can be read; 10 of all rows cannot", message);
        Assert.Contains(files[2].ImagePath, message);
        message = Error(() => ImageFolder.Open(_folder.Path));
        Assert.Contains("The class 'fig'", message);
        Assert.Contains("has no usable image", message);
    }

    [Fact]
    public void OneCutFileInAThousandIsFoundBeforeAndWhileTraining()
    {
        var files = Write(1000);
        var bytes = File.ReadAllBytes(files[503].ImagePath);
        File.WriteAllBytes(files[503].ImagePath, bytes[..(bytes.Length / 2)]);
        var set = ImageFolder.Open(_folder.Path);
        Assert.Equal((999, files[503].ImagePath), (set.Images.Count, Assert.Single(set.Unusable).Path));
        Assert.Contains(files[503].ImagePath, Error(() => ImageFolder.Open(_folder.Path, new() { Unusable = UnusableImagePolicy.Throw })));
        using var model = Fit(files, Loading.UprightExact, o => (o.UnreadableImages, o.Epoch) = (UnusableImagePolicy.Skip, 1));
        Assert.Equal(503, Assert.Single(model.LastTransformer.SkippedRows).Row);
    }

    [Theory]
    [InlineData(Loading.Stock)]
    [InlineData(Loading.Prepared)]
    [InlineData(Loading.UprightExact)]
    public void ScoresOfUnreadableImagesAreErrorsOrNotNumbers(Loading loading)
    {
        var files = Write(45);
        using var strict = Fit(files, loading, _ => { });
        using var tolerant = Fit(files, loading, o => o.ScoringUnreadableImages = UnreadableScorePolicy.NaN);
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(files);
        var expected = Pictures.Scores(strict.Transform(view));
        ml.Model.Save(strict, view.Schema, _folder.File("model.zip"));
        File.WriteAllText(files[21].ImagePath, "no image");

        Assert.Contains(files[21].ImagePath, Error(() => Pictures.Scores(strict.Transform(view))));
        var scored = tolerant.Transform(view);
        Check(scored);
        Assert.Equal(Enumerable.Range(0, 45).Except([21]).Select(i => files[i].ImagePath),
            ml.Data.FilterRowsByMissingValues(scored, "Score").GetColumn<string>("ImagePath"));

        // The same after a reload by this library; ML.NET's own transformers can only throw.
        var reopened = ml.Model.LoadResNet(_folder.File("model.zip"), out _, new() { UnreadableImages = UnreadableScorePolicy.NaN });
        using var disposal = (IDisposable)reopened;
        Check(reopened.Transform(view));
        Assert.NotNull(Record.Exception(() => Pictures.Scores(new MLContext().Model.Load(_folder.File("model.zip"), out _).Transform(view))));

        using var engine = ml.Model.CreatePredictionEngine<LabeledImage, Opinion>(reopened, new PredictionEngineOptions { OwnsTransformer = false });
        foreach (var i in new[] { 20, 21, 22 }) Assert.Equal(i == 21, float.IsNaN(engine.Predict(files[i]).Score[0]));

        void Check(IDataView scores)
        {
            var found = Pictures.Scores(scores);
            var labels = scores.GetColumn<uint>("PredictedLabel").ToArray();
            for (var i = 0; i < files.Count; i++)
            {
                if (i == 21) Assert.All(found[i], score => Assert.True(float.IsNaN(score)));
                else Assert.All(found[i].Zip(expected[i]), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
                Assert.Equal(i == 21, labels[i] == 0);
            }
        }
    }

    [Fact]
    public void AnImageOfAnotherSizeIsNoUnreadableOne()
    {
        var files = Write(30);
        using (var image = MLImage.CreateFromPixels(5, 4, MLPixelFormat.Rgba32, new byte[80])) image.Save(files[9].ImagePath);
        var ml = new MLContext(1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.Transforms.LoadImages("Features", "", "ImagePath"))
            .Append(ml.MulticlassClassification.Trainers.ResNetClassification(Pictures.Options(o => o.UnreadableImages = UnusableImagePolicy.Skip)));
        Assert.Contains("Put ml.Transforms.ResizeImages before", Error(() => pipeline.Fit(ml.Data.LoadFromEnumerable(files))));
    }

    private static void Freeze(ResNetClassificationTrainer.Options options, bool frozen)
    {
        if (frozen) options.Mode = TrainingMode.HeadOnly();
    }
}
