using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Core;
using ResNet.MLNet;
using ResNet.Tests.Core.Networks.Modules;
using ResNet.Tests.MLNet.Saving;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.MLNet.Modules;

/// <summary>A TorchSharp module of one's own in the pipeline: trained, evaluated, saved, reopened and trained on.</summary>
public class TorchModuleTests
{
    // New each time: it keeps the temporary folder that it finds.
    private static MLContext ML => new(1);

    private static readonly Normalization Centered = Normalization.Centered(3);

    private static ResNetClassificationTrainer.Options Options(Action<ResNetClassificationTrainer.Options>? change = null) => Pictures.Options(o =>
    {
        o.Specification = null;
        o.Epoch = 8;
        change?.Invoke(o);
    });

    private static ResNetClassificationTrainer Trainer(Func<int, Module<Tensor, Tensor>> create, Action<ResNetClassificationTrainer.Options>? change = null) =>
        ML.MulticlassClassification.Trainers.TorchModule(create, Options(change), Centered);

    private static IDataView Data(int count = 90, int seed = 0) => Pictures.Keyed(ML, Pictures.Make(count, seed));

    [Fact]
    public void AResidualModuleLearnsIsSavedAndServesWithoutThisLibrary()
    {
        using var saved = new SavedModels();
        var data = ML.Data.LoadFromEnumerable(Pictures.Make(90));
        var model = ML.Transforms.Conversion.MapValueToKey("Label").Append(Trainer(classes => new SmallResNet(classes), o =>
        {
            (o.ValidationSetFraction, o.Averaging, o.Mixing, o.EarlyStoppingCriteria) = (0.2, new() { Decay = 0.9 }, Mixing.Mixup(0.2), new() { Patience = 6 });
            o.TestTimeAugmentation = TestTimeAugmentation.Flip;
            (o.Optimizer, o.LearningRate, o.Epoch) = (new AdamWOptions { WeightDecay = 0.01, ClipNorm = 1 }, 0.02, 12);
        })).Fit(data);
        var test = ML.Data.LoadFromEnumerable(Pictures.Make(60, seed: 9));
        var metrics = ML.MulticlassClassification.Evaluate(model.Transform(test));
        Assert.True(metrics.MicroAccuracy >= 0.95, $"accuracy {metrics.MicroAccuracy}");
        var ours = model.LastTransformer;
        Assert.Equal("SmallResNet", ours.Specification.Name);
        Assert.IsType<SmallResNet>(((ModuleNetwork)ours.Network).Module);

        var zip = saved.Save(ML, model, data.Schema);
        using (var stock = (IDisposable)ML.Model.Load(zip, out _))
        {
            Assert.DoesNotContain(((IEnumerable<ITransformer>)stock), part => part is ResNetClassificationTransformer);
            SavedModels.AssertSameScores(model.Transform(test), ((ITransformer)stock).Transform(test));
        }

        // Reopened it scores in batches, but there is no code to make the module of.
        var loaded = ML.Model.LoadResNet(zip, out var schema);
        using var again = SavedModels.Find(loaded);
        SavedModels.AssertSameScores(model.Transform(test), loaded.Transform(test));
        Assert.Contains("TorchModule with Options.ContinueFrom", Assert.Throws<InvalidOperationException>(() => again.Network).Message);
        SavedModels.AssertSameScores(model.Transform(test), ML.Model.LoadResNet(saved.Save(ML, loaded, schema, "again.zip"), out _).Transform(test), 1e-4f);

        // With the code, it is the module again.
        var file = ResNetModelFile.Read(zip);
        using var rebuilt = ((ModuleSpecification)file.Specification with { CreateModule = classes => new SmallResNet(classes) }).Create(file.Weights);
        Assert.Equal(
            Weights(ours.Network, "weight", "bias", "running_mean", "running_var"), Weights(rebuilt, "weight", "bias", "running_mean", "running_var"));
    }

    [Fact]
    public void ASequentialNeedsNoCodeForItsOnnx()
    {
        using var saved = new SavedModels();
        using var model = Trainer(classes => Sequential(
            ("conv", Conv2d(3, 8, kernel_size: 3, padding: 1)), ("norm", BatchNorm2d(8)), ("act", SiLU()), ("pool", AdaptiveAvgPool2d(1)),
            ("flat", Flatten()), ("drop", Dropout(0.1)), ("fc", Linear(8, classes)))).Fit(Data());
        var test = Data(60, seed: 9);
        Assert.True(ML.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy >= 0.95);
        using var stock = (IDisposable)ML.Model.Load(saved.Save(ML, model, test.Schema), out _);
        SavedModels.AssertSameScores(model.Transform(test), ((ITransformer)stock).Transform(test));
    }

    [Fact]
    public void AModuleWithoutOnnxIsTrainedAndScoredButSavingSaysWhatIsMissing()
    {
        using var saved = new SavedModels();
        var test = Data(30, seed: 9);
        using var model = Trainer(classes => new Scripted(3 * 12 * 12, classes)).Fit(Data());
        Assert.Equal(1, ML.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy);
        var error = Assert.Throws<NotSupportedException>(() => saved.Save(ML, model, test.Schema));
        Assert.Contains("(Scripted) is unknown to the ONNX export; let its class implement ResNet.Core.IOnnxModule", error.Message);
        Assert.Empty(saved.Left);

        // Its weights can be kept all the same, in the module's own form.
        model.SaveWeights(saved.File("weights.dat"));
        using var again = new Scripted(3 * 12 * 12, 3);
        again.load(saved.File("weights.dat"));
        Assert.Equal(Weights(model.Network, "weight", "bias"), Weights(again, "weight", "bias"));
    }

    [Fact]
    public void OnnxThatComputesSomethingElseIsFoundOut()
    {
        using var saved = new SavedModels();
        using var model = Trainer(classes => new Liar(classes), o => o.Epoch = 1).Fit(Data());
        Assert.Contains("computes other logits than the module itself", Assert.Throws<InvalidOperationException>(() => saved.Save(ML, model, Data().Schema)).Message);
        Assert.Contains("computes other logits", Assert.ThrowsAny<Exception>(() => Pictures.Scores(model.Transform(Data(8)))).ToString());
    }

    [Fact]
    public void EachFitTrainsAModuleOfItsOwnFromTheSeed()
    {
        var made = 0;
        var trainer = Trainer(classes =>
        {
            made++;
            return new SmallResNet(classes);
        }, o => (o.Seed, o.Epoch) = (4, 1));
        using var first = trainer.Fit(Data());
        using var second = trainer.Fit(Data());
        Assert.Equal(2, made);
        Assert.NotSame(((ModuleNetwork)first.Network).Module, ((ModuleNetwork)second.Network).Module);
        Assert.Equal(Pictures.Weights(first), Pictures.Weights(second));

        using var shared = new SmallResNet(3);
        var forgetful = Trainer(_ => shared, o => o.Epoch = 1);
        using var only = forgetful.Fit(Data());
        Assert.Contains("the same SmallResNet twice", Assert.Throws<InvalidOperationException>(() => forgetful.Fit(Data())).Message);
    }

    [Fact]
    public void TrainingGoesOnFromAModelZip()
    {
        using var saved = new SavedModels();
        using var model = Trainer(classes => new SmallResNet(classes)).Fit(Data());
        var zip = saved.Save(ML, model, Data().Schema);
        using var next = Trainer(classes => new SmallResNet(classes), o => (o.ContinueFrom, o.Epoch, o.LearningRate) = (ResNetModelFile.Read(zip), 1, 1e-9)).Fit(Data());
        Assert.All(Pictures.Weights(model).Zip(Pictures.Weights(next)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));

        Assert.Contains("Trainers.TorchModule", Error(o => o.Specification = null));
        Assert.Contains("ContinueFrom holds a SmallResNet", Error(o => o.Specification = Pictures.Tiny()));
        Assert.Contains("stem.weight", Assert.Throws<ArgumentException>(() =>
            Trainer(classes => new SmallResNet(classes, width: 4), o => o.ContinueFrom = ResNetModelFile.Read(zip)).Fit(Data())).Message);

        string Error(Action<ResNetClassificationTrainer.Options> change) => Assert.Throws<ArgumentException>(() =>
            new ResNetClassificationTrainer(Options(o => { o.ContinueFrom = ResNetModelFile.Read(zip); change(o); })).Fit(Data())).Message;
    }

    [Fact]
    public void TheHeadAloneIsTrainedWhereThereIsOne()
    {
        using var saved = new SavedModels();
        using var first = Trainer(classes => new SmallResNet(classes), o => o.Epoch = 1).Fit(Data());
        first.SaveWeights(saved.File("weights.dat"));
        var weights = WeightsFile.Read(saved.File("weights.dat"));
        using var model = Trainer(classes => new SmallResNet(classes), o =>
            (o.InitialWeights, o.Mode, o.Epoch) = (weights, TrainingMode.HeadOnly(), 2)).Fit(Data());
        Assert.Equal(Weights(first.Network, "conv1.weight", "running_mean"), Weights(model.Network, "conv1.weight", "running_mean"));
        Assert.NotEqual(Weights(first.Network, "fc.weight"), Weights(model.Network, "fc.weight"));
        using var tuned = Trainer(classes => new SmallResNet(classes), o => (o.Mode, o.Epoch) = (TrainingMode.GradualUnfreezing(), 1)).Fit(Data());
        Assert.Equal(3, tuned.TrainingResult.Epochs.Count);
    }

    [Fact]
    public void ItIsInterruptedAndGoesOnWithTheSameBits()
    {
        using var folder = new TemporaryFolder();
        void Change(ResNetClassificationTrainer.Options o) => (o.Epoch, o.Seed, o.LearningRateScheduler) = (4, 2, LearningRateSchedule.Constant);
        using var whole = Trainer(classes => new SmallResNet(classes), Change).Fit(Data());
        var checkpoint = new CheckpointOptions { Path = folder.File("run.checkpoint") };
        using var cancel = new CancellationTokenSource();
        using (Trainer(classes => new SmallResNet(classes), o =>
        {
            Change(o);
            (o.Checkpoint, o.CancellationToken) = (checkpoint, cancel.Token);
            o.MetricsCallback = progress =>
            {
                if (progress.Epoch == 3) cancel.Cancel();
            };
        }).Fit(Data()))
        {
        }

        using var resumed = Trainer(classes => new SmallResNet(classes), o => { Change(o); o.Checkpoint = checkpoint; }).Fit(Data());
        Assert.Equal(Pictures.Weights(whole), Pictures.Weights(resumed));
    }

    [Fact]
    public void TheSimpleOverloadTrainsOnPixelsAsTheyAre()
    {
        var range = (Low: 0f, High: 0f);
        using var model = ML.MulticlassClassification.Trainers.TorchModule(
            classes => new Scripted(3 * 12 * 12, classes, (x, fc) =>
            {
                if (x.max().item<float>() is var high && high > range.High) range.High = high;
                return fc.call((x / 255).flatten(1));
            }),
            scoreColumnName: "S", predictedLabelColumnName: "P", epochs: 2).Fit(Data(24));
        Assert.InRange(range.High, 200, 255);
        Assert.Equal(2, model.TrainingResult.Epochs.Count);
        Assert.Null(model.Specification.Normalization);
        Assert.Equal(24, model.Transform(Data(24)).GetColumn<float[]>("S").Count());
    }

    [Fact]
    public void TensorsDoNotPileUp()
    {
        using (Trainer(classes => new SmallResNet(classes), o => o.Epoch = 1).Fit(Data(24)))
        {
        }

        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        using (var model = Trainer(classes => new SmallResNet(classes), o => (o.Epoch, o.ScoringEngine) = (2, ScoringEngine.TorchSharp)).Fit(Data(24)))
        {
            Assert.Equal(24, Pictures.Scores(model.Transform(Data(24))).Length);
        }

        Assert.InRange(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - before, long.MinValue, 0);
    }

    [Fact]
    public void OptionsThatAskForAnotherNetworkAreRefused()
    {
        var trainers = ML.MulticlassClassification.Trainers;
        Assert.Contains("resnet18", Assert.Throws<ArgumentException>(() => trainers.TorchModule(c => new SmallResNet(c), Options(o => o.Arch = "resnet18"))).Message);
        Assert.Contains("tiny", Assert.Throws<ArgumentException>(() => trainers.TorchModule(c => new SmallResNet(c), Options(o => o.Specification = Pictures.Tiny()))).Message);
        Assert.Contains("HeadDropout", Assert.Throws<ArgumentException>(() => Trainer(c => new SmallResNet(c), o => o.HeadDropout = 0.5).Fit(Data())).Message);
        Assert.Contains("EmbeddingColumnName", Assert.Throws<ArgumentException>(() => Trainer(c => new SmallResNet(c), o => o.EmbeddingColumnName = "E").Fit(Data())).Message);
        Assert.Contains("SurvivalProbability", Assert.Throws<ArgumentException>(() => Trainer(c => new SmallResNet(c), o => o.SurvivalProbability = 0.5).Fit(Data())).Message);
        Assert.Contains("fails on a batch of 2×3×12×12", Assert.Throws<ArgumentException>(() => Trainer(c => new Scripted(99, c)).Fit(Data())).Message);
    }

    private static float[] Weights(Module network, params string[] endings) =>
    [
        .. network.state_dict().Where(named => endings.Any(named.Key.EndsWith)).OrderBy(named => named.Key, StringComparer.Ordinal)
            .SelectMany(named => named.Value.detach().flatten().data<float>().ToArray()),
    ];

    /// <summary>Exports one step less than it computes.</summary>
    private sealed class Liar : Module<Tensor, Tensor>, IOnnxModule
    {
        private readonly TorchSharp.Modules.Linear fc;

        public Liar(int classes)
            : base(nameof(Liar))
        {
            fc = Linear(3 * 12 * 12, classes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => fc.call(input.flatten(1).tanh());

        public string Export(OnnxGraph graph, string input, string prefix) => graph.Call(fc, graph.Flatten(input), prefix + "fc");
    }
}
