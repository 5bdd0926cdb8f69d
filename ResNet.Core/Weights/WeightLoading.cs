using System.Collections.Immutable;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>Puts weights into networks.</summary>
public static class WeightLoading
{
    /// <summary>
    /// Copies weights into a network: names, shapes and types are checked first, and only then is anything changed. Names
    /// of known dialects are translated (the classifier "linear", DenseNet's old "norm.1", …); <c>num_batches_tracked</c> may
    /// be absent; floats of another precision are converted and reported; infinite values and NaN are refused.
    /// </summary>
    /// <param name="network">The network, on any device. Not for use by others meanwhile.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="skipClassifier">
    /// true: leave the network's last linear layer as it is and ignore the file's; for other classes than the file's. Default false.
    /// </param>
    /// <param name="strict">
    /// true (default): missing or unexpected names are an error. false: they are only reported. Shapes and types always count.
    /// </param>
    /// <returns>What was missing, unexpected, skipped and converted.</returns>
    /// <exception cref="ArgumentException">The weights do not fit; the message lists what. The network is as it was.</exception>
    public static LoadedWeights LoadWeights(this Module network, StateDict weights, bool skipClassifier = false, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        var targets = network.state_dict();
        var classifier = network is ClassificationNetwork classifying ? classifying.HeadName : network.named_children().LastOrDefault(child => child.module is Linear).name;
        var source = WeightNames.Translate(weights, targets.Keys.ToHashSet(StringComparer.Ordinal), classifier);

        bool IsSkipped(string name) => skipClassifier && classifier is not null && name.StartsWith(classifier + ".", StringComparison.Ordinal);
        var wanted = targets.Where(target => !IsSkipped(target.Key)).ToArray();
        var found = wanted.Where(target => source.ContainsKey(target.Key)).ToArray();
        var report = new LoadedWeights(
            Missing: [.. wanted.Select(target => target.Key).Where(name => !source.ContainsKey(name) && !name.EndsWith("num_batches_tracked", StringComparison.Ordinal))],
            Unexpected: [.. source.Keys.Where(name => !targets.ContainsKey(name) && !IsSkipped(name))],
            Skipped: [.. targets.Keys.Where(IsSkipped)],
            Converted: [.. found.Where(target => target.Value.dtype != source[target.Key].Type).Select(target => target.Key)]);

        Check(found, weights: source, classifier);
        if (found.Length == 0 || (strict && !(report.Missing.IsEmpty && report.Unexpected.IsEmpty)))
        {
            throw new ArgumentException(
                $"The weights are not this network's: it has {wanted.Length} names, of which {found.Length} are in the file. " +
                $"Missing in the file: {Listed(report.Missing)}. Not in the network: {Listed(report.Unexpected)}. " +
                "Choose the network that the file is for, or pass strict: false to load what fits.", nameof(weights));
        }

        using var scope = NewDisposeScope();
        using var detached = no_grad();
        foreach (var (name, target) in found)
        {
            using var value = source[name].ToTensor();
            target.copy_(value);
        }

        return report;
    }

    private static void Check(KeyValuePair<string, Tensor>[] found, StateDict weights, string? classifier)
    {
        foreach (var (name, target) in found)
        {
            var weight = weights[name];
            if (!target.shape.AsSpan().SequenceEqual(weight.Shape.AsSpan()))
            {
                var hint = classifier is not null && name.StartsWith(classifier + ".", StringComparison.Ordinal) && weight.Shape is [var classes, ..]
                    ? $" The file is for {classes} classes: give the network as many, or pass skipClassifier: true to train a fresh classifier."
                    : "";
                throw new ArgumentException(
                    $"{name} is [{string.Join(", ", weight.Shape)}] in the file, but [{string.Join(", ", target.shape)}] in the network.{hint}", nameof(weights));
            }

            if (is_floating_point(target.dtype) != is_floating_point(weight.Type))
            {
                throw new ArgumentException($"{name} is {weight.Type} in the file, but {target.dtype} in the network.", nameof(weights));
            }

            if (!weight.IsFinite())
            {
                throw new ArgumentException($"{name} has values that are infinite or not numbers (NaN): the file is damaged, or its training diverged.", nameof(weights));
            }
        }
    }

    private static string Listed(ImmutableArray<string> names) => names.IsEmpty ? "none" : $"{names.Length} ({LoadedWeights.First(names)})";
}
