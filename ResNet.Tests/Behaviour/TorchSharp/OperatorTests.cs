using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ResNet.Tests.Behaviour.TorchSharp;

/// <summary>The operators that residual networks rest on, against their definitions written out as loops.</summary>
public class OperatorTests
{
    private static float[] Values(Tensor t) => t.contiguous().data<float>().ToArray();

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 1, 2)]
    public void Conv2d_is_a_sum_of_products(int stride, int padding, int groups)
    {
        const int n = 2, c = 4, o = 6, size = 5, k = 3;
        manual_seed(1);
        using var scope = NewDisposeScope();
        var x = randn(n, c, size, size);
        var w = randn(o, c / groups, k, k);
        var result = F.conv2d(x, w, strides: [stride, stride], padding: [padding, padding], groups: groups);
        var outSize = (size + 2 * padding - k) / stride + 1;
        Assert.Equal([n, o, outSize, outSize], result.shape);
        var (xs, ws, ys) = (Values(x), Values(w), Values(result));
        var i = 0;
        for (var b = 0; b < n; b++)
            for (var f = 0; f < o; f++)
                for (var r = 0; r < outSize; r++)
                    for (var s = 0; s < outSize; s++, i++)
                    {
                        double sum = 0;
                        for (var ch = 0; ch < c / groups; ch++)
                            for (var u = 0; u < k; u++)
                                for (var v = 0; v < k; v++)
                                {
                                    var (row, column, channel) = (r * stride + u - padding, s * stride + v - padding, f / (o / groups) * (c / groups) + ch);
                                    if (row >= 0 && row < size && column >= 0 && column < size)
                                        sum += xs[((b * c + channel) * size + row) * size + column] * (double)ws[((f * (c / groups) + ch) * k + u) * k + v];
                                }
                        Assert.Equal(sum, ys[i], 1e-4);
                    }
    }

    [Fact]
    public void BatchNorm2d_normalises_by_the_batch_and_keeps_running_statistics()
    {
        manual_seed(2);
        using var scope = NewDisposeScope();
        using var bn = nn.BatchNorm2d(3);
        var x = randn(4, 3, 5, 5) * 2 + 1;
        var y = bn.call(x);
        var mean = x.mean([0, 2, 3]);
        var biased = x.var([0, 2, 3], unbiased: false);
        var expected = (x - mean.view(1, 3, 1, 1)) / (biased.view(1, 3, 1, 1) + 1e-5).sqrt();
        Assert.True(y.allclose(expected, 1e-4, 1e-5));
        Assert.True(bn.running_mean!.allclose(mean * 0.1, 1e-5, 1e-6));
        Assert.True(bn.running_var!.allclose(x.var([0, 2, 3], unbiased: true) * 0.1 + 0.9, 1e-5, 1e-6));
        Assert.Equal(1, bn.num_batches_tracked!.item<long>());

        bn.eval();
        using (no_grad())
            Assert.True(bn.call(x).allclose((x - bn.running_mean.view(1, 3, 1, 1)) / (bn.running_var.view(1, 3, 1, 1) + 1e-5).sqrt(), 1e-4, 1e-5));
    }

    [Fact]
    public void Cross_entropy_is_minus_the_log_of_the_softmax()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 1, 2, 3, 0.5f, 0, -1 }).reshape(2, 3);
        var labels = tensor(new long[] { 2, 0 });
        double Nll(double[] z, int label) => Math.Log(z.Sum(Math.Exp)) - z[label];
        var expected = (Nll([1, 2, 3], 2) + Nll([0.5, 0, -1], 0)) / 2;
        Assert.Equal(expected, F.cross_entropy(logits, labels).item<float>(), 1e-6);
    }

    [Fact]
    public void Gradients_equal_finite_differences()
    {
        manual_seed(3);
        using var scope = NewDisposeScope();
        var x = randn(2, 3, 4, 4, float64);
        var w = randn(2, 3, 3, 3, float64).requires_grad_(true);
        Tensor Loss(Tensor weight) => F.conv2d(x, weight, padding: [1, 1]).relu().pow(2).mean();
        Loss(w).backward();
        var gradient = w.grad!;
        foreach (var at in new long[] { 0, 7, 30, 53 })
        {
            const double h = 1e-6;
            var step = zeros_like(w).reshape(-1);
            step[at] = h;
            var difference = (Loss(w.detach() + step.reshape(w.shape)) - Loss(w.detach() - step.reshape(w.shape))).item<double>() / (2 * h);
            Assert.Equal(difference, gradient.reshape(-1)[at].item<double>(), 1e-6);
        }
    }

    [Fact]
    public void Channels_last_memory_is_kept_by_convolution_and_relu()
    {
        using var scope = NewDisposeScope();
        var x = rand(2, 8, 6, 6).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var y = F.conv2d(x, rand(4, 8, 3, 3), padding: [1, 1]).relu();
        Assert.Equal(1, y.stride(1));
        Assert.Equal([2, 4, 6, 6], y.shape);
    }
}
