using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;
using ResNet.Tests.MLNet.Saving;
using TorchSharp;

namespace ResNet.Tests.MLNet.Scoring;

/// <summary>Scoring by ONNX Runtime and by TorchSharp: the same scores, safe under threads, without leaks.</summary>
public class EngineTests
{
    private static readonly IDataView Data = Pictures.Keyed(new MLContext(1), Pictures.Make(50));

    private static ResNetClassificationTransformer Train(ScoringEngine engine, int? threads = null) =>
        new ResNetClassificationTrainer(Pictures.Options(o => (o.ScoringEngine, o.ScoringThreads) = (engine, threads))).Fit(Data);

    [Fact]
    public void BothEnginesGiveTheSameScores()
    {
        using var torch = Train(ScoringEngine.TorchSharp);
        using var onnx = Train(ScoringEngine.OnnxRuntime);
        using var single = Train(ScoringEngine.OnnxRuntime, threads: 1);
        SavedModels.AssertSameScores(torch.Transform(Data), onnx.Transform(Data), 1e-5f);
        SavedModels.AssertSameScores(onnx.Transform(Data), single.Transform(Data), 1e-6f);
    }

    [Fact]
    public void OnnxRuntimeIsTheCpusDefaultAndKeepsTheWeightsOfTheFirstScoring()
    {
        using var model = Train(ScoringEngine.Auto);
        using var torch = Train(ScoringEngine.TorchSharp);
        var before = Pictures.Scores(model.Transform(Data));
        Assert.NotEmpty(Pictures.Scores(torch.Transform(Data)));
        foreach (var changed in new[] { model, torch })
        {
            using var gradients = TorchSharp.torch.no_grad();
            changed.Network.state_dict()["fc.weight"].zero_();
        }
        Assert.Equal(before, Pictures.Scores(model.Transform(Data)));
        Assert.NotEqual(before, Pictures.Scores(torch.Transform(Data)));
    }

    [Fact]
    public void SeveralThreadsMayTransformAtOnce()
    {
        using var model = Train(ScoringEngine.OnnxRuntime);
        var results = new float[6][][];
        // The engine is made by whoever comes first.
        Parallel.For(0, results.Length, i => results[i] = Pictures.Scores(model.Transform(Data)));
        Assert.All(results, scores => Assert.Equal(results[0], scores));
    }

    [Theory]
    [InlineData(ScoringEngine.OnnxRuntime, 10_000)]
    [InlineData(ScoringEngine.TorchSharp, 3_000)]
    public void ThousandsOfPredictionsLeaveNothingBehind(ScoringEngine engine, int count)
    {
        var ml = new MLContext(1);
        using var model = Train(engine);
        using var predictor = ml.Model.CreatePredictionEngine<Picture, Guess>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var picture = Pictures.Make(1)[0];
        for (var i = 0; i < 1_000; i++) predictor.Predict(picture);

        // Memory collects first what earlier tests have left, so that the tensors counted after it cannot become fewer by that.
        var (memory, tensors) = (Memory(), torch.Tensor.TotalCount);
        for (var i = 0; i < count; i++) predictor.Predict(picture);
        Assert.InRange(torch.Tensor.TotalCount, 0, tensors);
        // One image and its scores are 1.7 kB, a session far more.
        Assert.InRange(Memory() - memory, long.MinValue, Math.Max(4 << 20, count * 1_200));
    }

    [Fact]
    public void ABadRowInTheNextBatchComesOutWhenItsBatchIsReached()
    {
        using var model = Train(ScoringEngine.OnnxRuntime);
        var ml = new MLContext(1);
        var pictures = Pictures.Make(20);
        pictures[13].Features[7] = float.NaN;
        var scored = model.Transform(Pictures.Keyed(ml, pictures));
        using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
        var get = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        VBuffer<float> score = default;
        for (var row = 0; row < 8; row++)
        {
            Assert.True(cursor.MoveNext());
            get(ref score);
        }
        Assert.Contains("Row 13", Assert.Throws<InvalidDataException>(() => cursor.MoveNext()).Message);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void ACursorCanBeLeftWhileTheNextBatchIsRead()
    {
        using var model = Train(ScoringEngine.OnnxRuntime);
        var source = new CountingView(Data);
        var scored = model.Transform(source);
        for (var i = 0; i < 20; i++)
        {
            using var cursor = scored.GetRowCursor([scored.Schema["Score"]]);
            Assert.True(cursor.MoveNext());
            VBuffer<float> score = default;
            cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"])(ref score);
        }
        var moves = source.Moves;
        Thread.Sleep(50);
        Assert.Equal(moves, source.Moves);
        Assert.InRange(moves, 20 * 8, 20 * 16);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed class Guess
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
