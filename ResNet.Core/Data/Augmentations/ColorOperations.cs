using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// torchvision's changes of colour for a batch of byte images (N×C×H×W, C 1 or 3), with a value of its own for each image. Results
/// are new byte tensors in the current dispose scope; as there, fractions are cut off, not rounded.
/// </summary>
internal static class ColorOperations
{
    /// <summary>Towards black: 0 is black, 1 the image, above 1 brighter (<c>adjust_brightness</c>).</summary>
    public static Tensor Brightness(Tensor images, double[] factors) => Blend(images, zeros(1, device: images.device), factors);

    /// <summary>Towards grey: 0 is grey, 1 the image (<c>adjust_saturation</c>).</summary>
    public static Tensor Saturation(Tensor images, double[] factors) =>
        images.shape[1] == 1 ? images.clone() : Blend(images, Gray(images).to(ScalarType.Float32), factors);

    /// <summary>Towards the image's mean grey: 0 is that grey, 1 the image (<c>adjust_contrast</c>).</summary>
    public static Tensor Contrast(Tensor images, double[] factors) =>
        Blend(images, Gray(images).to(ScalarType.Float32).mean([1, 2, 3], keepdim: true), factors);

    /// <summary>Towards a blurred image: 0 is blurred, 1 the image (<c>adjust_sharpness</c>).</summary>
    public static Tensor Sharpness(Tensor images, double[] factors)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        if (height <= 2 || width <= 2)
        {
            return images.clone();
        }

        // A weighted mean of the 3×3 pixels around each, the middle one five times; the border stays.
        var pixels = images.to(ScalarType.Float32);
        var sum = pixels.narrow(2, 1, height - 2).narrow(3, 1, width - 2) * 4;
        for (var y = 0; y < 3; y++)
        {
            for (var x = 0; x < 3; x++)
            {
                sum.add_(pixels.narrow(2, y, height - 2).narrow(3, x, width - 2));
            }
        }

        var blurred = pixels.clone();
        blurred.narrow(2, 1, height - 2).narrow(3, 1, width - 2).copy_((sum / 13).round());
        return Blend(images, blurred, factors);
    }

    /// <summary>The hue turned by −½ to ½ of the circle (<c>adjust_hue</c>).</summary>
    public static Tensor Hue(Tensor images, double[] turns)
    {
        if (images.shape[1] == 1)
        {
            return images.clone();
        }

        var pixels = images.to(ScalarType.Float32) / 255;
        var (red, green, blue) = (pixels.select(1, 0), pixels.select(1, 1), pixels.select(1, 2));
        var (highest, lowest) = (pixels.amax([1]), pixels.amin([1]));
        var (range, gray) = (highest - lowest, highest.eq(lowest));
        var saturation = range / where(gray, ones_like(highest), highest);
        var divisor = where(gray, ones_like(range), range);
        var (r, g, b) = ((highest - red) / divisor, (highest - green) / divisor, (highest - blue) / divisor);
        var sector = where(highest.eq(red), b - g, where(highest.eq(green), 2 + r - b, 4 + g - r));
        var hue = ((sector / 6) + 1).fmod(1);

        hue = (hue + PerImage(turns, images).squeeze(1)).remainder(1) * 6;
        var index = hue.floor();
        var share = hue - index;
        var p = (highest * (1 - saturation)).clamp(0, 1);
        var q = (highest * (1 - (saturation * share))).clamp(0, 1);
        var t = (highest * (1 - (saturation * (1 - share)))).clamp(0, 1);
        var choice = index.to(ScalarType.Int64).remainder(6).unsqueeze(1);
        var channels = new[] { (Tensor[])[highest, q, p, p, t, highest], [t, highest, highest, q, p, p], [p, p, t, highest, highest, q] };
        return (cat([.. channels.Select(options => stack(options, 1).gather(1, choice))], 1) * 255).to(ScalarType.Byte);
    }

    /// <summary>Only so many of the highest bits of each value, 0 to 8 (<c>posterize</c>).</summary>
    public static Tensor Posterize(Tensor images, double[] bits) => images.bitwise_and(
        tensor(Array.ConvertAll(bits, count => (byte)(256 - (1 << (8 - (int)count)))), device: images.device).view(-1, 1, 1, 1));

    /// <summary>Values from the threshold on inverted (<c>solarize</c>).</summary>
    public static Tensor Solarize(Tensor images, double[] thresholds) =>
        where(images.to(ScalarType.Float32).ge(PerImage(thresholds, images)), 255 - images, images);

    /// <summary>Each channel stretched to 0..255 (<c>autocontrast</c>).</summary>
    public static Tensor AutoContrast(Tensor images)
    {
        var pixels = images.to(ScalarType.Float32);
        var (lowest, highest) = (pixels.amin([2, 3], keepdim: true), pixels.amax([2, 3], keepdim: true));
        var flat = lowest.eq(highest);
        var scale = where(flat, ones_like(lowest), 255 / (highest - lowest));
        return ((pixels - lowest.masked_fill(flat, 0)) * scale).clamp(0, 255).to(ScalarType.Byte);
    }

    /// <summary>Each channel's histogram made flat (<c>equalize</c>).</summary>
    public static Tensor Equalize(Tensor images)
    {
        var planes = images.shape[0] * images.shape[1];
        var values = images.reshape(planes, -1).to(ScalarType.Int64);
        var offsets = arange(planes, ScalarType.Int64, images.device).view(-1, 1) * 256;
        var histogram = bincount((values + offsets).flatten(), minlength: planes * 256).view(planes, 256);
        var last = histogram.gather(1, values.amax([1], keepdim: true));
        var step = (values.shape[1] - last).floor_divide(255);
        var table = (histogram.cumsum(1) + step.floor_divide(2)).floor_divide(step.clamp(min: 1));
        var shifted = cat([zeros_like(last), table.narrow(1, 0, 255)], 1).clamp(0, 255);
        return where(step.eq(0), values, shifted.gather(1, values)).to(ScalarType.Byte).view(images.shape);
    }

    // ITU-R 601, cut off to bytes.
    private static Tensor Gray(Tensor images) => images.shape[1] == 1
        ? images
        : ((images.narrow(1, 0, 1).to(ScalarType.Float32) * 0.2989)
            + (images.narrow(1, 1, 1).to(ScalarType.Float32) * 0.587)
            + (images.narrow(1, 2, 1).to(ScalarType.Float32) * 0.114)).to(ScalarType.Byte);

    private static Tensor Blend(Tensor images, Tensor others, double[] factors) =>
        ((images.to(ScalarType.Float32) * PerImage(factors, images)) + (others * PerImage(Array.ConvertAll(factors, factor => 1 - factor), images)))
            .clamp(0, 255).to(ScalarType.Byte);

    private static Tensor PerImage(double[] values, Tensor images) =>
        tensor(Array.ConvertAll(values, value => (float)value), device: images.device).view(-1, 1, 1, 1);
}
