using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Which classes each of many images has: one each, or any number (multi-label). Immutable and thread-safe.
/// </summary>
public sealed class ImageLabels
{
    // Above it, an image has the class, where something must be one or the other.
    private const float Half = 0.5f;

    private readonly ClassShare[][] images;

    private ImageLabels(ClassShare[][] images, int classes, bool areSeveral) => (this.images, Classes, AreSeveral) = (images, classes, areSeveral);

    /// <summary>Number of images.</summary>
    public int Count => images.Length;

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Whether an image may have several classes, or none; else each has one.</summary>
    public bool AreSeveral { get; }

    /// <summary>The class of each image.</summary>
    /// <exception cref="InvalidOperationException">Images may have several.</exception>
    public IReadOnlyList<int> OneEach => AreSeveral
        ? throw new InvalidOperationException("An image may have several classes here; they are not one each.")
        : Array.ConvertAll(images, image => image[0].Class);

    /// <summary>The classes of one image, those that it does not have left out.</summary>
    /// <param name="image">0 to <c>Count − 1</c>.</param>
    public ReadOnlySpan<ClassShare> this[int image] => images[image];

    /// <summary>One class an image.</summary>
    /// <param name="labels">The class of each image, 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <exception cref="ArgumentException">A label is out of range; the message names the first image concerned.</exception>
    public static ImageLabels One(IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (classes < 2)
        {
            throw new ArgumentException($"There must be at least 2 classes to tell apart, but there are {classes}.", nameof(classes));
        }

        // Images of one class share its array.
        var each = Enumerable.Range(0, classes).Select(i => new[] { new ClassShare(i, 1) }).ToArray();
        return new([.. labels.Select((label, image) => label >= 0 && label < classes ? each[label] : throw new ArgumentException(
            $"Labels must be 0 to {classes - 1}, but image {image} has label {label}.", nameof(labels)))], classes, areSeveral: false);
    }

    /// <summary>Any number of classes an image.</summary>
    /// <param name="labels">The classes of each image, in ascending order, those that it does not have left out.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentException">A class or a share is out of range; the message names the first image concerned.</exception>
    public static ImageLabels Several(IReadOnlyList<ClassShare[]> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        for (var image = 0; image < labels.Count; image++)
        {
            var last = -1;
            foreach (var (label, share) in labels[image])
            {
                if (label <= last || label >= classes || share is not (> 0 and <= 1))
                {
                    throw new ArgumentException(
                        $"Labels must be 0 to {classes - 1}, in ascending order, with shares above 0, at most 1; but image {image} has label {label} with {share}.", nameof(labels));
                }

                last = label;
            }
        }

        return new([.. labels], classes, areSeveral: true);
    }

    /// <summary>The labels of some images: the class indices (int64), or N×Classes shares (float32). The caller owns the tensor.</summary>
    /// <param name="indices">Which images, 0 to <c>Count − 1</c>.</param>
    public Tensor Batch(ReadOnlySpan<int> indices)
    {
        if (!AreSeveral)
        {
            var labels = new long[indices.Length];
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] = images[indices[i]][0].Class;
            }

            return tensor(labels);
        }

        var shares = zeros(indices.Length, Classes);
        var values = MemoryMarshal.Cast<byte, float>(shares.bytes);
        for (var i = 0; i < indices.Length; i++)
        {
            foreach (var (label, share) in images[indices[i]])
            {
                values[(i * Classes) + label] = share;
            }
        }

        return shares;
    }

    /// <summary>The images that have each class, in order.</summary>
    public IReadOnlyList<int[]> ByClass()
    {
        var classes = Enumerable.Range(0, Classes).Select(_ => new List<int>()).ToArray();
        for (var image = 0; image < images.Length; image++)
        {
            foreach (var (label, share) in images[image])
            {
                if (share > Half)
                {
                    classes[label].Add(image);
                }
            }
        }

        return [.. classes.Select(found => found.ToArray())];
    }

    /// <summary>The labels of some images, in a given order; an image may come several times.</summary>
    /// <param name="indices">Which images, 0 to <c>Count − 1</c>.</param>
    public ImageLabels Select(IEnumerable<int> indices) => new([.. indices.Select(image => images[image])], Classes, AreSeveral);

    /// <summary>Splits at random, so that both parts have the same mix: <see cref="StratifiedSplit"/>.</summary>
    /// <param name="fraction">Share for validation, above 0 and below 1, such as 0.1.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <returns>Indices of the images, in order.</returns>
    public (int[] Train, int[] Validation) Split(double fraction, int seed) => AreSeveral
        ? StratifiedSplit.Of(ByClass(), Count, fraction, seed)
        : StratifiedSplit.Of(OneEach, fraction, seed);
}
