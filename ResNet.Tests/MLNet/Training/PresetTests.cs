using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using ResNet.Core;
using ResNet.MLNet;
using static TorchSharp.torch;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Every preset by its name: trained a step by the ML.NET trainer, exported, and run by ONNX Runtime.</summary>
public class PresetTests
{
    private const int Count = 6;

    public static TheoryData<string> Names => [.. NetworkPresets.Names];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void EachIsTrainedByItsNameAndExported(string name)
    {
        var preset = NetworkPresets.Get(name, Pictures.Labels.Length);
        if (IsLarge(preset))
            SlowTests.Require();
        var ml = new MLContext(1);
        var side = Math.Max(8, preset.Stride);
        var rows = Rows(side);
        var schema = SchemaDefinition.Create(typeof(Picture));
        schema[nameof(Picture.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, side, side);
        // The gradient of a deep plain network grows on its way back, here beyond what the usual rate can do with.
        var options = new ResNetClassificationTrainer.Options
        {
            Arch = name,
            // A thousand unnormalised sums in a row overflow in eval mode until the norms' running statistics are near the batches'.
            Epoch = preset is ResNetSpecification { Activation: ActivationOrder.PreActivation, Depth: > 1000 } ? 40 : 1,
            BatchSize = Count,
            LearningRate = preset is ResNetSpecification { Shortcut: ShortcutOption.None, Depth: > 56 } ? 1e-6 : 0.01,
            LearningRateScheduler = LearningRateSchedule.Constant,
            Optimizer = new SgdOptions { WeightDecay = 0 },
            ScoringBatchSize = Count,
            Device = "cpu",
            Seed = 1,
        };
        var data = ml.Data.LoadFromEnumerable(rows, schema);
        using var model = Pictures.Pipeline(ml, options).Fit(data);
        var trained = model.LastTransformer;
        Assert.True(double.IsFinite(trained.TrainingResult.Epochs[^1].TrainLoss), name);
        Assert.Equal(preset with { InputSize = side }, trained.Specification);
        AssertChanged(trained);

        var scores = Pictures.Scores(model.Transform(data));
        Assert.Equal(Count, scores.Length);
        Assert.All(scores, score => Assert.Equal(1, score.Sum(), 1e-4f));
        AssertParity(trained.Network, rows, side);
    }

    // Memory of a gigabyte, or many seconds.
    private static bool IsLarge(NetworkSpecification preset) => preset switch
    {
        ResNetSpecification { Depth: > 110 } => true,
        ResNetSpecification { Stem: StemKind.ImageNet } residual => residual.Depth > 50 || residual.WidthPerGroup > 64,
        ResNetSpecification residual => residual.Width * residual.Groups >= 160,
        DenseNetSpecification dense => dense.Depth > 121 || dense.GrowthRate > 32 || (dense.BottleneckFactor is null && dense.Depth > 40),
        _ => false,
    };

    // The trainer's first weights follow from its seed alone. Of stochastic depth, only some blocks take part in one step.
    private static void AssertChanged(ResNetClassificationTransformer trained)
    {
        using var scope = NewDisposeScope();
        using var first = trained.Specification.Create(seed: 1);
        var changed = first.parameters().Zip(trained.Network.parameters(), (before, after) => !before.bytes.SequenceEqual(after.bytes)).ToArray();
        Assert.True(changed[0] && changed[^1]);
        var least = trained.Specification is ResNetSpecification { SurvivalProbability: < 1 } ? 0.3 : 0.9;
        Assert.InRange(changed.Count(change => change) / (double)changed.Length, least, 1);
    }

    private static void AssertParity(ClassificationNetwork network, IReadOnlyList<Picture> rows, int side)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var folder = new TemporaryFolder();
        network.SaveOnnx(folder.File("network.onnx"));
        network.eval();
        float[] pixels = [.. rows.SelectMany(row => row.Features)];
        var expected = network.call(tensor(pixels).view(Count, 3, side, side));
        using var session = new InferenceSession(folder.File("network.onnx"));
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [Count, 3, side, side]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, session.InputNames, [input], ["Logits"]);
        var actual = tensor(outputs[0].GetTensorDataAsSpan<float>().ToArray()).view(Count, -1);
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-4f * Math.Max(1, expected.abs().max().item<float>()));
    }

    private static List<Picture> Rows(int side)
    {
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, Count).Select(id => new Picture
            {
                Id = id,
                Label = Pictures.Labels[id % 3],
                Features = [.. Enumerable.Range(0, 3 * side * side).Select(_ => (float)random.Next(256))],
            }),
        ];
    }
}
