using ResNet.Core;
using ResNet.MLNet.Images;
using static TorchSharp.torch;

namespace ResNet.MLNet;

/// <summary>Where a network sees a class in one image (<see cref="GradCam"/>), with the image as the network got it. Immutable.</summary>
public sealed class Heatmap
{
    private Heatmap(int image, int @class, RgbImage picture, float[] map, int width, int height) =>
        (Image, Class, Picture, Map, MapWidth, MapHeight) = (image, @class, picture, map, width, height);

    /// <summary>The image's place in the predictions, from 0.</summary>
    public int Image { get; }

    /// <summary>The class that was looked for.</summary>
    public int Class { get; }

    /// <summary>MapHeight×MapWidth values, 0 to 1, the largest 1; all 0 where nothing speaks for the class.</summary>
    public IReadOnlyList<float> Map { get; }

    /// <summary>The map's width in feature pixels.</summary>
    public int MapWidth { get; }

    /// <summary>The map's height in feature pixels.</summary>
    public int MapHeight { get; }

    internal RgbImage Picture { get; }

    /// <summary>Loads images upright, prepares them as for the network and looks for the classes that the predictions say.</summary>
    /// <param name="network">The network, taking 3 channels 0..255; not to be trained meanwhile.</param>
    /// <param name="preprocessing">How images are resized and cropped for it.</param>
    /// <param name="predictions">What it said of the images.</param>
    /// <param name="imagePaths">The predictions' image files, in their order.</param>
    /// <param name="images">Which of them to look at, from 0.</param>
    /// <exception cref="InvalidDataException">An image file can't be used; the message names it.</exception>
    public static IReadOnlyList<Heatmap> Of(
        ClassificationNetwork network, Preprocessing preprocessing, Predictions predictions, IReadOnlyList<string> imagePaths, IEnumerable<int> images)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(imagePaths);
        ArgumentNullException.ThrowIfNull(images);
        return [.. images.Select(image => One(image))];

        Heatmap One(int image)
        {
            var source = RgbImage.Load(imagePaths[image]);
            var side = preprocessing.Crop;
            var pixels = new byte[3 * side * side];
            ImageResampler.Prepare(source.Pixels, source.Width, source.Height, 3, preprocessing, pixels);
            using var scope = NewDisposeScope();
            var batch = tensor(pixels).view(1, side, side, 3).permute(0, 3, 1, 2).contiguous();
            var maps = GradCam.Maps(network, batch, [predictions.Predicted[image]]);
            var map = maps.data<float>().ToArray();
            var highest = map.Max();
            return new(image, predictions.Predicted[image], new(pixels, side, side), [.. map.Select(v => highest > 0 ? v / highest : 0)], (int)maps.shape[2], (int)maps.shape[1]);
        }
    }
}
