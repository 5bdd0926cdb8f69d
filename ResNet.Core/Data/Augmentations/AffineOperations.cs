using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// torchvision's affine changes for a batch of byte images, with a value of its own for each image: nearest neighbour, black outside.
/// Results are new byte tensors in the current dispose scope.
/// </summary>
internal static class AffineOperations
{
    /// <summary>Each row moved by this share of its distance from the top (TrivialAugment's ShearX).</summary>
    public static Tensor ShearX(Tensor images, double[] shares) =>
        Apply(images, share => [1, share, share * images.shape[2] / 2, 0, 1, 0], shares);

    /// <summary>Each column moved by this share of its distance from the left (TrivialAugment's ShearY).</summary>
    public static Tensor ShearY(Tensor images, double[] shares) =>
        Apply(images, share => [1, 0, 0, share, 1, share * images.shape[3] / 2], shares);

    /// <summary>Moved to the right by so many whole pixels.</summary>
    public static Tensor TranslateX(Tensor images, double[] pixels) => Apply(images, by => [1, 0, -Math.Truncate(by), 0, 1, 0], pixels);

    /// <summary>Moved down by so many whole pixels.</summary>
    public static Tensor TranslateY(Tensor images, double[] pixels) => Apply(images, by => [1, 0, 0, 0, 1, -Math.Truncate(by)], pixels);

    /// <summary>Turned about the centre, in degrees, counter-clockwise.</summary>
    public static Tensor Rotate(Tensor images, double[] degrees) => Apply(images, angle =>
    {
        var (sin, cos) = Math.SinCos(-angle * Math.PI / 180);
        return [cos, sin, 0, -sin, cos, 0];
    }, degrees);

    // The matrices tell where, in pixels from the centre, each pixel of the result comes from.
    private static Tensor Apply(Tensor images, Func<double, double[]> matrix, double[] values)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var device = images.device;
        var maps = tensor(values.SelectMany(matrix).Select(value => (float)value).ToArray(), device: device).view(-1, 2, 3);
        var ys = (arange(height, ScalarType.Float32, device) - ((height - 1) / 2f)).view(-1, 1).expand(height, width);
        var xs = (arange(width, ScalarType.Float32, device) - ((width - 1) / 2f)).view(1, -1).expand(height, width);
        var points = stack([xs, ys, ones_like(xs)], 2).view(1, height * width, 3).expand(images.shape[0], height * width, 3);
        var scaled = maps.transpose(1, 2) / tensor([width / 2f, height / 2f], device: device);
        var grid = points.bmm(scaled).view(-1, height, width, 2);
        return functional.grid_sample(images.to(ScalarType.Float32), grid, GridSampleMode.Nearest, GridSamplePaddingMode.Zeros, align_corners: false)
            .to(ScalarType.Byte);
    }
}
