using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using TorchSharp;
using Xunit;

namespace ResNet.Tests.MLNet;

/// <summary>Disposal, memory, and what of the model can be kept.</summary>
public class LifetimeTests
{
    private static ResNetClassificationTransformer Train(IDataView data) => new ResNetClassificationTrainer(Pictures.Options(o => o.Epoch = 1)).Fit(data);

    [Fact]
    public void ADisposedModelSaysSo()
    {
        var ml = new MLContext(1);
        var data = Pictures.Keyed(ml, Pictures.Make(12));
        var model = Train(data);
        var view = model.Transform(data);
        model.Dispose();
        model.Dispose();

        Assert.Contains("OwnsTransformer", Assert.Throws<ObjectDisposedException>(() => model.Transform(data)).Message);
        Assert.Throws<ObjectDisposedException>(() => model.GetRowToRowMapper(data.Schema));
        Assert.Throws<ObjectDisposedException>(() => model.SaveWeights("never.dat"));
        Assert.IsType<ObjectDisposedException>(Record.Exception(() => Pictures.Scores(view))?.GetBaseException());
    }

    [Fact]
    public void APredictionEngineDisposesTheModelThatItOwns()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Pictures.Make(12));
        var model = Pictures.Pipeline(ml, Pictures.Options(o => o.Epoch = 1)).Fit(data);
        ml.Model.CreatePredictionEngine<Picture, Opinion>(model).Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Transform(data));
    }

    [Fact]
    public void ScoringLeavesNoTensorsBehind()
    {
        var (ml, data, model) = Pictures.Trained;
        using var engine = ml.Model.CreatePredictionEngine<Picture, Opinion>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var picture = Pictures.Make(1)[0];
        var scored = model.Transform(data);
        engine.Predict(picture);
        Assert.Equal(90, Pictures.Scores(scored).Length);

        var before = torch.Tensor.TotalCount;
        for (var i = 0; i < 300; i++) engine.Predict(picture);
        for (var i = 0; i < 10; i++) Assert.Equal(90, Pictures.Scores(scored).Length);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void TrainingLeavesOnlyTheNetworkAndDisposingTakesIt()
    {
        var data = Pictures.Keyed(new MLContext(1), Pictures.Make(24));
        Train(data).Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        var before = torch.Tensor.TotalCount;
        Train(data).Dispose();
        Assert.InRange(torch.Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void SavedWeightsLoadIntoANetworkOfTheSpecification()
    {
        var (_, _, model) = Pictures.Trained;
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            model.LastTransformer.SaveWeights(path);
            using var network = model.LastTransformer.Specification.Create(seed: 5);
            network.load(path);
            Assert.Equal(Pictures.Weights(model.LastTransformer), network.parameters().SelectMany(parameter => parameter.flatten().data<float>().ToArray()));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
