using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>
/// Where in an image a network sees a class: gradient-weighted class activation maps over the last feature maps
/// (Selvaraju et al. 2017, "Grad-CAM", equations 1 and 2).
/// </summary>
public static class GradCam
{
    /// <summary>ReLU(Σ αₖ Aᵏ), αₖ the mean gradient of the class's logit over feature map Aᵏ. The network runs in eval mode and is left in the mode it was in.</summary>
    /// <param name="network">The network; not to be trained or changed meanwhile. Its parameters' gradients are left alone.</param>
    /// <param name="pixels">N×C×H×W, as the network's forward pass takes them, on any device.</param>
    /// <param name="classes">The class to look for in each of the N images. null: the likeliest one.</param>
    /// <returns>N×h×w at the feature maps' resolution, float32, 0 or more, not scaled, on the CPU; the caller owns it. All zero where nothing speaks for the class.</returns>
    /// <exception cref="ArgumentException">The number of classes is not the number of images, or a class is out of range.</exception>
    public static Tensor Maps(ClassificationNetwork network, Tensor pixels, IReadOnlyList<int>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(pixels);
        var images = pixels.shape[0];
        if (classes is not null && classes.Count != images)
        {
            throw new ArgumentException($"Expected one class an image, but there are {images} images and {classes.Count} classes.", nameof(classes));
        }

        var limit = network.Specification.Classes;
        if (classes?.Any(c => c < 0 || c >= limit) == true)
        {
            throw new ArgumentException($"Classes must be 0 to {limit - 1}, but they are {string.Join(", ", classes)}.", nameof(classes));
        }

        var training = network.training;
        network.eval();
        try
        {
            using var scope = NewDisposeScope();
            Tensor features;
            using (no_grad())
            {
                features = network.forward_features(pixels.to(network.parameters().First().device));
            }

            // Gradients start here: only the head is differentiated, and no parameter's .grad is touched.
            features = features.detach().requires_grad_(true);
            using var gradients = enable_grad();
            var logits = network.forward_head(features);
            var chosen = classes is null ? logits.argmax(1) : tensor(classes.Select(c => (long)c).ToArray(), device: logits.device);
            var score = logits.gather(1, chosen.unsqueeze(1)).sum();
            var weights = autograd.grad([score], [features])[0].mean([2, 3], keepdim: true);
            return (weights * features).sum(1).relu().detach().cpu().MoveToOuterDisposeScope();
        }
        finally
        {
            network.train(training);
        }
    }
}
