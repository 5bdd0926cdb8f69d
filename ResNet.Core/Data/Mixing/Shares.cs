using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>What mixings have in common.</summary>
internal static class Shares
{
    /// <summary>The targets of images of which <paramref name="own"/> is left, the rest being of the image before in the batch.</summary>
    public static Tensor Mixed(Tensor labels, int classes, double own)
    {
        var targets = labels.dtype == ScalarType.Int64 ? functional.one_hot(labels, classes).to(ScalarType.Float32) : labels;
        return (targets * own) + (targets.roll(1, 0) * (1 - own));
    }

    /// <summary>A number 0 to 1 out of the symmetric Beta distribution (Jöhnk 1964 up to alpha 1, else by two Gammas of Marsaglia and Tsang 2000).</summary>
    public static double Beta(double alpha, Random random)
    {
        if (alpha > 1)
        {
            var gamma = Gamma(alpha, random);
            return gamma / (gamma + Gamma(alpha, random));
        }

        while (true)
        {
            // In logarithms: for a small alpha the powers themselves leave the range of double.
            var (x, y) = (Math.Log(1 - random.NextDouble()) / alpha, Math.Log(1 - random.NextDouble()) / alpha);
            var highest = Math.Max(x, y);
            var sum = highest + Math.Log(Math.Exp(x - highest) + Math.Exp(y - highest));
            if (sum <= 0)
            {
                return Math.Exp(x - sum);
            }
        }
    }

    private static double Gamma(double alpha, Random random)
    {
        var d = alpha - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var cube = Math.Pow(1 + (c * normal), 3);
            if (cube > 0 && Math.Log(1 - random.NextDouble()) < (normal * normal / 2) + d - (d * cube) + (d * Math.Log(cube)))
            {
                return d * cube;
            }
        }
    }
}
