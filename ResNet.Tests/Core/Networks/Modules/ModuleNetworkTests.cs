using ResNet.Core;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Networks.Modules;

/// <summary>A module of one's own as a network: what it is given, what becomes of it, and what is wrong with one that does not fit.</summary>
public class ModuleNetworkTests
{
    private static readonly InMemoryImageDataset Images = GeneratedImages.Stripes(32);

    private static ModuleSpecification Of(Func<int, Module<Tensor, Tensor>> create) => new(create) { Classes = 4, InputSize = 16 };

    [Fact]
    public void It_computes_what_the_module_computes_and_leaves_the_pixels_alone()
    {
        using var scope = NewDisposeScope();
        using var network = Of(classes => new Scripted(3 * 16 * 16, classes, (x, fc) => fc.call(x.div_(255).flatten(1)))).Create();
        var pixels = rand(2, 3, 16, 16) * 255;
        var before = pixels.clone();
        var expected = network.Module.call((pixels + 0).to(ScalarType.Float32));
        Assert.True(expected.allclose(network.call(pixels)));
        Assert.True(before.equal(pixels).all().item<bool>());
        Assert.True(expected.allclose(network.call(pixels)));
        Assert.Equal("Scripted", network.Specification.Name);
    }

    [Fact]
    public void A_normalization_comes_first()
    {
        using var scope = NewDisposeScope();
        var specification = Of(classes => new Scripted(3 * 16 * 16, classes)) with { Normalization = Normalization.ImageNet };
        using var network = specification.Create();
        var pixels = randint(256, new long[] { 2, 3, 16, 16 }).to(ScalarType.Byte);
        var (mean, std) = (tensor(new[] { 0.485f, 0.456f, 0.406f }).view(1, 3, 1, 1), tensor(new[] { 0.229f, 0.224f, 0.225f }).view(1, 3, 1, 1));
        Assert.True(network.Module.call((pixels.to(ScalarType.Float32) / 255 - mean) / std).allclose(network.call(pixels), 1e-4, 1e-4));
    }

    [Fact]
    public void Its_weights_have_the_modules_names_and_come_from_the_seed()
    {
        var specification = Of(classes => new SmallResNet(classes));
        using var network = specification.Create(seed: 5);
        using var again = specification.Create(seed: 5);
        using var other = specification.Create(seed: 6);
        Assert.Equal(network.Module.state_dict().Keys, network.state_dict().Keys);
        Assert.Contains("block.conv1.weight", network.state_dict().Keys);
        Assert.Equal(Weights(network), Weights(again));
        Assert.NotEqual(Weights(network), Weights(other));
    }

    [Fact]
    public void Training_repeats_to_the_bit_dropout_included()
    {
        var specification = Of(classes => new SmallResNet(classes, drop: 0.5));
        using var first = specification.Create(seed: 1);
        using var second = specification.Create(seed: 1);
        var options = new TrainingOptions { Epochs = 2, BatchSize = 8, Seed = 3, Device = "cpu" };
        new Trainer(first, options).Fit(Images);
        rand(7).Dispose();
        new Trainer(second, options).Fit(Images);
        Assert.Equal(Weights(first), Weights(second));
    }

    [Fact]
    public void Loaded_weights_may_leave_its_head_fresh()
    {
        using var trained = Of(classes => new SmallResNet(classes)).Create(seed: 1);
        using var larger = (Of(classes => new SmallResNet(classes)) with { Classes = 7 }).Create(seed: 2);
        var report = larger.LoadWeights(StateDict.Of(trained), skipClassifier: true);
        Assert.Equal(["fc.weight", "fc.bias"], report.Skipped.ToArray());
        Assert.Equal(Values(trained.state_dict()["block.conv2.weight"]), Values(larger.state_dict()["block.conv2.weight"]));
    }

    [Fact]
    public void Its_children_are_the_layer_groups()
    {
        using var network = Of(classes => new SmallResNet(classes)).Create();
        using var optimizer = new NetworkOptimizer(network, new SgdOptions());
        // The stem with its norm, the block, the head.
        Assert.Equal(3, optimizer.LayerGroupCount);
        optimizer.Enter(new TrainingStage { Epochs = 1, LearningRate = 1, Schedule = LearningRateSchedule.Constant, TrainedGroups = 1 });
        Assert.Equal(["fc.weight", "fc.bias"], network.Module.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name));
    }

    [Fact]
    public void Parameters_outside_its_children_are_trained_and_frozen_ones_are_not()
    {
        using var network = Of(classes => new Scaled(classes)).Create(seed: 1);
        var scale = network.Module.get_parameter("scale")!;
        var frozen = network.Module.get_parameter("features.weight")!;
        frozen.requires_grad = false;
        var (before, kept) = (Values(scale), Values(frozen));
        new Trainer(network, new TrainingOptions { Epochs = 1, BatchSize = 8, Device = "cpu" }).Fit(Images);
        Assert.NotEqual(before, Values(scale));
        Assert.Equal(kept, Values(frozen));
    }

    [Fact]
    public void Modes_that_train_the_head_first_need_one()
    {
        using var network = Of(classes => Sequential(Conv2d(3, classes, kernel_size: 1), AdaptiveAvgPool2d(1), Flatten())).Create();
        var error = Assert.Throws<ArgumentException>(() =>
            new Trainer(network, new TrainingOptions { Device = "cpu", Mode = TrainingMode.FineTune() }).Fit(Images));
        Assert.Contains("fine-tune", error.Message);
        Assert.Contains("Use TrainingMode.Full", error.Message);
    }

    [Fact]
    public void What_a_function_may_not_return_is_said()
    {
        using var shared = new SmallResNet(4);
        using var network = Of(_ => shared).Create();
        Assert.Contains("the same SmallResNet twice", Error(_ => shared));
        Assert.Contains("returned null", Error(_ => null!));
        Assert.Contains("without parameters", Error(_ => Sequential(Flatten())));
        Assert.Contains("weights of Float64", Error(classes => Sequential(Flatten(), Linear(768, classes, dtype: ScalarType.Float64))));

        static string Error(Func<int, Module<Tensor, Tensor>> create) => Assert.Throws<InvalidOperationException>(() => Of(create).Create()).Message;
    }

    [Fact]
    public void What_does_not_fit_the_images_is_said_before_the_training()
    {
        Assert.Contains("fails on a batch of 2×3×16×16", Error(classes => Sequential(Flatten(), Linear(100, classes))));
        Assert.Contains("returned [2, 5] of Float32", Error(_ => Sequential(Flatten(), Linear(768, 5))));
        Assert.Contains("here [2, 4] of Float32", Error(_ => Sequential(Flatten(), Linear(768, 5))));
        Assert.Contains("returned [2, 4, 1, 1]", Error(classes => Sequential(Conv2d(3, classes, 16L))));
        Assert.Contains("of Float64", Error(classes => new Scripted(768, classes, (x, fc) => fc.call(x.flatten(1)).to(ScalarType.Float64))));
        Assert.Contains("for a batch of 1×3×16×16", Error(classes => new Scripted(768, classes, (x, fc) => fc.call(x.flatten(1)).squeeze())));
        Assert.Contains("returned null", Error(classes => new Scripted(768, classes, (_, _) => null!)));

        static string Error(Func<int, Module<Tensor, Tensor>> create)
        {
            using var network = Of(create).Create();
            var before = Weights(network);
            var message = Assert.Throws<ArgumentException>(() => new Trainer(network, new TrainingOptions { Device = "cpu" }).Fit(Images)).Message;
            Assert.Equal(before, Weights(network));
            Assert.DoesNotContain("\n", message);
            return message;
        }
    }

    [Fact]
    public void There_are_no_features_of_it_and_no_heatmaps()
    {
        using var network = Of(classes => new SmallResNet(classes)).Create();
        using var pixels = zeros(1, 3, 16, 16);
        Assert.Contains("a module of one's own", Assert.Throws<NotSupportedException>(() => network.forward_features(pixels)).Message);
        Assert.Throws<NotSupportedException>(() => GradCam.Maps(network, pixels));
        Assert.Throws<NotSupportedException>(() => new FeatureExtractor(network));
    }

    [Fact]
    public void Its_record_travels_without_the_function()
    {
        var specification = Of(classes => new SmallResNet(classes)) with { Name = "mine", Normalization = Normalization.Cifar10 };
        var read = Assert.IsType<ModuleSpecification>(NetworkSpecification.FromJson(specification.ToJson()));
        Assert.Equal(specification, read);
        Assert.Null(read.CreateModule);
        Assert.Contains("with { CreateModule", Assert.Throws<InvalidOperationException>(() => read.Create()).Message);
        Assert.Throws<ArgumentException>(() => (specification with { HeadDropout = 0.5 }).Create());
    }

    private static float[] Weights(ClassificationNetwork network) =>
        [.. network.state_dict().Where(named => !named.Key.EndsWith("num_batches_tracked")).SelectMany(named => Values(named.Value))];

    private static float[] Values(Tensor tensor) => tensor.detach().flatten().data<float>().ToArray();

    /// <summary>With a parameter of its own beside its children.</summary>
    private sealed class Scaled : Module<Tensor, Tensor>
    {
        private readonly Linear features = Linear(768, 8);
        private readonly Linear fc;
        private readonly Parameter scale = Parameter(ones(8));

        public Scaled(int classes)
            : base(nameof(Scaled))
        {
            fc = Linear(8, classes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => fc.call(features.call((input / 255).flatten(1)).tanh() * scale);
    }
}
