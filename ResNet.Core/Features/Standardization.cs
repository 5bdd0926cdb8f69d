using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Features brought to mean 0 and deviation 1 for training: so one learning rate suits all of them, and weight decay weighs them alike. It
/// is folded into the classifier's weights, which makes no difference to what the classifier says.
/// </summary>
internal sealed class Standardization
{
    private readonly float[] mean;
    private readonly float[] deviation;

    /// <summary>Of the training images alone.</summary>
    public Standardization(IReadOnlyList<float[]> features)
    {
        var length = features[0].Length;
        var (sum, squares) = (new double[length], new double[length]);
        foreach (var image in features)
        {
            for (var i = 0; i < length; i++)
            {
                sum[i] += image[i];
            }
        }

        mean = Array.ConvertAll(sum, value => (float)(value / features.Count));
        foreach (var image in features)
        {
            for (var i = 0; i < length; i++)
            {
                var distance = (double)image[i] - mean[i];
                squares[i] += distance * distance;
            }
        }

        // A feature that never changes says nothing; it stays at 0.
        deviation = Array.ConvertAll(squares, value => value > 0 ? (float)Math.Sqrt(value / features.Count) : 1);
    }

    /// <summary>Standardises in place: features are not held twice.</summary>
    public void Apply(IReadOnlyList<float[]> features)
    {
        foreach (var image in features)
        {
            for (var i = 0; i < image.Length; i++)
            {
                image[i] = (image[i] - mean[i]) / deviation[i];
            }
        }
    }

    /// <summary>Gives <paramref name="target"/>, which sees standardised features, the weights of <paramref name="source"/>, which sees them as they are.</summary>
    public void Unfold(Linear source, Linear target)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (shift, scale) = Tensors(source.weight.device);
        Set(target.weight, source.weight * scale);
        Set(target.bias!, source.bias! + source.weight.matmul(shift));
    }

    /// <summary>The other way round.</summary>
    public void Fold(Linear source, Linear target)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (shift, scale) = Tensors(source.weight.device);
        var weight = source.weight / scale;
        Set(target.weight, weight);
        Set(target.bias!, source.bias! - weight.matmul(shift));
    }

    private (Tensor Mean, Tensor Deviation) Tensors(Device device) => (tensor(mean, device: device), tensor(deviation, device: device));

    private static void Set(Tensor target, Tensor values) => target.copy_(values.to(target.device));
}
