using ResNet.Core;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Scoring;

public class ScorerTests
{
    [Fact]
    public void Probabilities_are_the_softmax_of_the_logits_whatever_the_batch_size()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var scorer = new Scorer(network, batchSize: 3);
        using var data = GeneratedImages.Stripes(8);
        var batch = data.GetBatch([0, 1, 2, 3, 4, 5, 6, 7]);
        var expected = scorer.Logits(batch.Pixels).softmax(1).data<float>().ToArray();

        var bytes = batch.Pixels.bytes.ToArray();
        var fromBytes = new float[8 * GeneratedImages.Classes];
        scorer.Score(bytes, 8, fromBytes);
        var fromFloats = scorer.Score([.. bytes.Select(value => (float)value)], 8);

        Assert.All(expected.Zip(fromBytes), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.All(expected.Zip(fromFloats), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.All(fromBytes.Chunk(GeneratedImages.Classes), row => Assert.Equal(1, row.Sum(), 1e-5f));
        Assert.Empty(scorer.Score([], 0));
    }

    [Fact]
    public void Scores_do_not_depend_on_the_images_beside()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        network.train();
        using var scorer = new Scorer(network);
        Assert.False(network.training);
        var pixels = new float[2 * scorer.ImageLength];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = i % 256;
        }

        var both = scorer.Score(pixels, 2);
        var alone = scorer.Score(pixels.AsSpan(scorer.ImageLength), 1);
        Assert.All(alone.Zip(both.Skip(GeneratedImages.Classes)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Images_of_another_size_may_be_scored()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var scorer = new Scorer(network, height: 20, width: 12);
        Assert.Equal(3 * 20 * 12, scorer.ImageLength);
        Assert.Equal(GeneratedImages.Classes, scorer.Score(new float[scorer.ImageLength], 1).Length);
        Assert.Throws<ArgumentException>(() => new Scorer(network, height: 1, width: 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Scorer(network, batchSize: 0));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var scorer = new Scorer(network);
        Assert.Contains("1536", Assert.Throws<ArgumentException>(() => scorer.Score(new float[100], 2)).Message);
        Assert.Contains("room for 3", Assert.Throws<ArgumentException>(() => scorer.Score(new float[scorer.ImageLength], 1, new float[3])).Message);
    }

    [Fact]
    public void Threads_may_score_at_once()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var scorer = new Scorer(network, batchSize: 2);
        var pixels = Enumerable.Range(0, 5 * scorer.ImageLength).Select(i => (float)(i % 251)).ToArray();
        var expected = scorer.Score(pixels, 5);
        var results = new float[8][];
        var threads = Enumerable.Range(0, 8).Select(i => new Thread(() => results[i] = scorer.Score(pixels, 5))).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Assert.All(results, result => Assert.All(expected.Zip(result), pair => Assert.Equal(pair.First, pair.Second, 1e-5f)));
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var scorer = new Scorer(network, batchSize: 2);
        var pixels = new float[3 * scorer.ImageLength];
        scorer.Score(pixels, 3);
        var before = Live();
        for (var i = 0; i < 20; i++)
        {
            scorer.Score(pixels, 3);
        }

        Assert.Equal(before, Live());

        static long Live()
        {
            var statistics = DisposeScopeManager.Statistics;
            return statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount
                - statistics.DisposedInScopeCount - statistics.DisposedOutsideScopeCount;
        }
    }

    [Fact]
    public void The_network_is_disposed_of_only_by_its_owner()
    {
        var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var weight = network.state_dict()["conv1.weight"];
        new Scorer(network).Dispose();
        Assert.False(weight.IsInvalid);
        new Scorer(network, ownsNetwork: true).Dispose();
        Assert.True(weight.IsInvalid);
    }

    [Fact]
    public void Test_time_augmentation_averages_over_the_views()
    {
        using var scope = NewDisposeScope();
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        var pixels = new byte[2 * 3 * 19 * 18];
        new Random(1).NextBytes(pixels);
        var images = tensor(pixels).view(2, 3, 19, 18);

        // torchvision's ten_crop: corners, centre (rounded half to even: 2 of 3 left over, 1 of 2), then the same of the mirror image.
        Tensor[] crops = [.. new[] { (0, 0), (0, 2), (3, 0), (3, 2), (2, 1) }.Select(at => images.narrow(2, at.Item1, 16).narrow(3, at.Item2, 16))];
        Check(TestTimeAugmentation.Flip, [images, images.flip(3)]);
        Check(TestTimeAugmentation.TenCrop, [.. crops, .. crops.Select(crop => crop.flip(3))]);

        void Check(TestTimeAugmentation augmentation, Tensor[] views)
        {
            using var scorer = new Scorer(network, height: 19, width: 18) { TestTimeAugmentation = augmentation };
            var probabilities = new float[2 * 4];
            scorer.Score(pixels, 2, probabilities);
            var expected = stack(views.Select(view => network.call(view).softmax(1))).mean([0]).data<float>().ToArray();
            Assert.Equal(expected, probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    [Theory]
    [InlineData(TestTimeAugmentation.None)]
    [InlineData(TestTimeAugmentation.Flip)]
    [InlineData(TestTimeAugmentation.TenCrop)]
    public void Embeddings_come_from_the_same_pass(TestTimeAugmentation augmentation)
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        using var scorer = new Scorer(network, batchSize: 2, height: 19, width: 18) { TestTimeAugmentation = augmentation };
        var pixels = Enumerable.Range(0, 3 * scorer.ImageLength).Select(i => (float)(i * 7 % 256)).ToArray();
        var features = network.Specification.Features;
        var (probabilities, embeddings) = (new float[3 * 4], new float[3 * features]);
        scorer.Score(pixels, 3, probabilities, embeddings);
        Assert.Equal(scorer.Score(pixels, 3), probabilities);

        if (augmentation == TestTimeAugmentation.None)
        {
            using var extractor = new FeatureExtractor(network, batchSize: 2, height: 19, width: 18);
            var expected = new float[3 * features];
            extractor.Extract(pixels, 3, expected);
            Assert.Equal(expected, embeddings);
        }

        Assert.Contains($"{3 * features} features", Assert.Throws<ArgumentException>(() => scorer.Score(pixels, 3, probabilities, new float[5])).Message);
    }

    [Fact]
    public void Ten_crops_need_larger_images()
    {
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork, seed: 1);
        Assert.Contains("16×16", Assert.Throws<ArgumentException>(() => new Scorer(network) { TestTimeAugmentation = TestTimeAugmentation.TenCrop }).Message);
    }
}
