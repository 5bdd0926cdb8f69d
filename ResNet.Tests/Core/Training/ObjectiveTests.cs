using ResNet.Core;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Tests.Core.Training;

/// <summary>The parts of a batch add up to what torch's functions give for the whole.</summary>
public class ObjectiveTests
{
    [Fact]
    public void Cross_entropy_is_torchs_with_weights_and_smoothing()
    {
        using var scope = NewDisposeScope();
        var (logits, labels, weights) = (Logits(), tensor(new long[] { 0, 2, 1, 1, 2, 0, 0 }), tensor(new float[] { 1, 3, 0.5f }));
        foreach (var smoothing in new[] { 0, 0.1 })
        {
            Check(new Objective(LossFunction.CrossEntropy, 3, smoothing, weights), logits, labels,
                functional.cross_entropy(logits, labels, weights, label_smoothing: smoothing));
        }
    }

    [Fact]
    public void Cross_entropy_takes_shares()
    {
        using var scope = NewDisposeScope();
        var (logits, shares) = (Logits(), Logits().softmax(1));
        Check(new Objective(LossFunction.CrossEntropy, 3, 0.1, null), logits, shares, functional.cross_entropy(logits, shares, label_smoothing: 0.1));
    }

    // With one class an image, smoothing gives the others a share each (timm's BinaryCrossEntropy); with several, it moves each label towards ½.
    [Fact]
    public void Binary_cross_entropy_takes_classes_and_labels()
    {
        using var scope = NewDisposeScope();
        var (logits, labels) = (Logits(), tensor(new long[] { 0, 2, 1, 1, 2, 0, 0 }));
        var objective = new Objective(LossFunction.BinaryCrossEntropy, 3, 0.3, null);
        var smoothed = where(functional.one_hot(labels, 3).eq(1), 0.8f, 0.1f).to(ScalarType.Float32);
        Check(objective, logits, labels, functional.binary_cross_entropy_with_logits(logits, smoothed));

        var several = (Logits().gt(0)).to(ScalarType.Float32);
        Check(objective, logits, several, functional.binary_cross_entropy_with_logits(logits, where(several.eq(1), 0.85f, 0.15f).to(ScalarType.Float32)));
    }

    [Fact]
    public void Right_are_classes_and_shares_of_labels()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 3, -1, 2, -2, -1, -3 }).view(2, 3);
        Assert.Equal(1, Correct(LossFunction.CrossEntropy, tensor(new long[] { 0, 0 })));
        Assert.Equal(2, Correct(LossFunction.CrossEntropy, tensor(new float[] { 0.6f, 0.4f, 0, 0.3f, 0.7f, 0 }).view(2, 3)));
        Assert.Equal(1, Correct(LossFunction.BinaryCrossEntropy, tensor(new long[] { 0, 0 })));
        Assert.Equal(1 + (2.0 / 3), Correct(LossFunction.BinaryCrossEntropy, tensor(new float[] { 1, 0, 1, 0, 1, 0 }).view(2, 3)), 1e-6);

        double Correct(LossFunction function, Tensor targets) => new Objective(function, 3, 0, null).Correct(logits, targets).item<float>();
    }

    // torchvision's sigmoid_focal_loss, element by element in double precision.
    [Theory]
    [InlineData(2, 0.25)]
    [InlineData(0.5, null)]
    [InlineData(3, 0.9)]
    public void Focal_loss_is_torchvisions(double gamma, double? alpha)
    {
        using var scope = NewDisposeScope();
        var (logits, several) = (Logits(), Logits().gt(0.3).to(ScalarType.Float32));
        var expected = logits.data<float>().Zip(several.data<float>().ToArray(), (x, t) =>
        {
            var p = 1 / (1 + Math.Exp(-x));
            var right = t == 1 ? p : 1 - p;
            return -Math.Log(right) * Math.Pow(1 - right, gamma) * (alpha is null ? 1 : t == 1 ? alpha.Value : 1 - alpha.Value);
        }).Average();
        Check(new Objective(LossFunction.Focal(gamma, alpha), 3, 0, null), logits, several, tensor((float)expected));

        var labels = tensor(new long[] { 0, 2, 1, 1, 2, 0, 0 });
        var rows = logits.log_softmax(1).gather(1, labels.unsqueeze(1)).data<float>().ToArray();
        Check(new Objective(LossFunction.SoftmaxFocal(gamma), 3, 0, null), logits, labels, tensor((float)rows.Average(log => -log * Math.Pow(1 - Math.Exp(log), gamma))));
    }

    [Fact]
    public void Focal_loss_without_focus_is_cross_entropy_and_saturated_logits_have_gradients()
    {
        using var scope = NewDisposeScope();
        var several = Logits().gt(0).to(ScalarType.Float32);
        Check(new Objective(LossFunction.Focal(0, null), 3, 0, null), Logits(), several, functional.binary_cross_entropy_with_logits(Logits(), several));
        var sure = tensor(new float[] { 100, -100, 0 }).view(1, 3).requires_grad_();
        new Objective(LossFunction.Focal(0.5), 3, 0, null).Sum(sure, tensor(new float[] { 1, 0, 1 }).view(1, 3)).backward();
        Assert.All(sure.grad!.data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LossFunction.Focal(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LossFunction.Focal(2, 2));
    }

    private static void Check(Objective objective, Tensor logits, Tensor targets, Tensor expected)
    {
        var total = objective.Total(targets);
        var sum = (objective.Sum(logits.narrow(0, 0, 3), targets.narrow(0, 0, 3)) / total) + (objective.Sum(logits.narrow(0, 3, 4), targets.narrow(0, 3, 4)) / total);
        Assert.Equal(expected.item<float>(), sum.item<float>(), 1e-6);
    }

    private static Tensor Logits() =>
        tensor(Enumerable.Range(0, 21).Select(i => (float)Math.Sin(i * 1.7) * 2).ToArray()).view(7, 3);
}
