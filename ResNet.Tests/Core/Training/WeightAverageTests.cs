using ResNet.Core;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Training;

public class WeightAverageTests
{
    [Fact]
    public void A_warm_up_forgets_the_start_sooner()
    {
        using var untracked = no_grad();
        using var module = Linear(1, 1, hasBias: false);
        using var average = new WeightAverage(module, new WeightAveraging { Decay = 0.9998 });
        var expected = 0.0;
        for (var update = 0; update < 5; update++)
        {
            module.weight.fill_(update + 1);
            average.Update();

            // The first is a copy; after it the decay is (1 + n) / (10 + n).
            var decay = update == 0 ? 0 : (1.0 + update) / (10 + update);
            expected = (decay * expected) + ((1 - decay) * (update + 1));
            using (average.Apply())
            {
                Assert.Equal(expected, module.weight.item<float>(), 1e-5);
            }

            Assert.Equal(update + 1, module.weight.item<float>());
        }
    }

    [Fact]
    public void Statistics_are_averaged_and_counts_copied()
    {
        using var untracked = no_grad();
        using var norm = BatchNorm2d(1);
        using var average = new WeightAverage(norm, new WeightAveraging { Decay = 0.5, WarmUp = false });
        average.Update();
        norm.get_buffer("running_mean")!.fill_(8);
        norm.get_buffer("num_batches_tracked")!.fill_(9);
        average.Update();
        average.CopyTo();
        Assert.Equal(4, norm.get_buffer("running_mean")!.item<float>());
        Assert.Equal(9, norm.get_buffer("num_batches_tracked")!.item<long>());
    }

    [Fact]
    public void Head_dropout_is_of_training_alone()
    {
        using var scope = NewDisposeScope();
        using var plain = GeneratedImages.TinyNetwork.Create(seed: 1);
        using var dropping = (GeneratedImages.TinyNetwork with { HeadDropout = 0.5 }).Create(seed: 1);
        using var data = GeneratedImages.Stripes(4);
        using var batch = data.GetBatch([0, 1, 2, 3]);
        plain.eval();
        dropping.eval();
        var expected = plain.call(batch.Pixels);
        Assert.True(expected.eq(dropping.call(batch.Pixels)).all().item<bool>());
        var features = dropping.forward_features(batch.Pixels);
        dropping.train();
        Assert.False(expected.eq(dropping.forward_head(features)).any().item<bool>());
        Assert.Throws<ArgumentException>(() => (GeneratedImages.TinyNetwork with { HeadDropout = 1 }).Validate());
    }
}
