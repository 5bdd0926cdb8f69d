namespace ResNet.Core;

/// <summary>What training minimises. Immutable.</summary>
public sealed record LossFunction
{
    private LossFunction(bool isPerClass, double gamma = 0, double? alpha = null) => (IsPerClass, Gamma, Alpha) = (isPerClass, gamma, alpha);

    /// <summary>Softmax and cross-entropy: each image has one class (torch's <c>cross_entropy</c>).</summary>
    public static LossFunction CrossEntropy { get; } = new(isPerClass: false);

    /// <summary>
    /// A sigmoid and binary cross-entropy for each class by itself: an image may have several classes or none (multi-label; torch's
    /// <c>binary_cross_entropy_with_logits</c>). With one class an image it is the loss of Wightman et al. 2021.
    /// </summary>
    public static LossFunction BinaryCrossEntropy { get; } = new(isPerClass: true);

    /// <summary>Whether each class is decided by itself, by a sigmoid; else an image has one class, by softmax.</summary>
    public bool IsPerClass { get; }

    /// <summary>How much less an image or label counts that is right already; 0: it counts all the same.</summary>
    public double Gamma { get; }

    /// <summary>Weight of the labels that an image has, those that it has not weighing 1 − alpha; null: all weigh 1.</summary>
    public double? Alpha { get; }

    /// <summary>
    /// Binary cross-entropy for each class by itself, times (1 − p)^gamma, p being the probability given to what is true: so what is learnt
    /// already counts little, as where most labels are absent (Lin et al. 2017, "Focal Loss for Dense Object Detection"; torchvision's
    /// <c>sigmoid_focal_loss</c>).
    /// </summary>
    /// <param name="gamma">From 0. Default 2.</param>
    /// <param name="alpha">Weight of the labels that an image has, 0 to 1; the others weigh 1 − alpha. Default 0.25; null: all weigh 1.</param>
    public static LossFunction Focal(double gamma = 2, double? alpha = 0.25) => new(
        isPerClass: true,
        OptionCheck.NotNegative(gamma, nameof(gamma)),
        alpha is null or (>= 0 and <= 1) ? alpha : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"alpha is {alpha}; it must be 0 to 1, or null."));

    /// <summary>The same for one class an image: softmax and cross-entropy, times (1 − p)^gamma. Classes are weighed by <see cref="TrainingOptions.ClassWeights"/>.</summary>
    /// <param name="gamma">From 0. Default 2.</param>
    public static LossFunction SoftmaxFocal(double gamma = 2) => new(isPerClass: false, OptionCheck.NotNegative(gamma, nameof(gamma)));

    /// <inheritdoc/>
    public override string ToString() => (Gamma, IsPerClass) switch
    {
        (0, true) when Alpha is null => "binary cross-entropy",
        (0, false) => "cross-entropy",
        (_, true) => FormattableString.Invariant($"focal (gamma {Gamma}, alpha {Alpha?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"})"),
        (_, false) => FormattableString.Invariant($"softmax focal (gamma {Gamma})"),
    };
}
