using System.Text.RegularExpressions;

namespace ResNet.Core;

/// <summary>What other projects call the same weights, turned into torchvision's names.</summary>
internal static partial class WeightNames
{
    private static readonly string[] Classifiers = ["fc", "linear", "classifier", "head.fc", "head", "last_linear"];

    /// <summary>The weights under the names that a network with these names uses; names that fit already stay.</summary>
    /// <param name="weights">The file's.</param>
    /// <param name="names">The network's.</param>
    /// <param name="classifier">What the network calls its classifier, such as "fc"; null if it has none.</param>
    public static StateDict Translate(StateDict weights, IReadOnlySet<string> names, string? classifier)
    {
        // Whose classifier it is: only if the network's own name is absent, so that nothing is hidden.
        var other = classifier is null || weights.ContainsKey($"{classifier}.weight") ? null
            : Classifiers.FirstOrDefault(name => weights.ContainsKey($"{name}.weight") && !names.Contains($"{name}.weight"));
        var taken = weights.Keys.ToHashSet(StringComparer.Ordinal);
        return new(weights.Select(entry => KeyValuePair.Create(New(entry.Key), entry.Value)), weights.Metadata);

        string New(string key)
        {
            var renamed = names.Contains(key) ? key
                : other is not null && key.StartsWith(other + ".", StringComparison.Ordinal) ? classifier + key[other.Length..]
                : OldDenseLayer().Replace(key, "$1$2");
            renamed = names.Contains(renamed) ? renamed : renamed.Replace(".shortcut.", ".downsample.", StringComparison.Ordinal);
            return renamed != key && taken.Add(renamed) ? renamed : key;
        }
    }

    // torchvision's DenseNet files from before "norm.1" became "norm1"; torchvision renames them, too.
    [GeneratedRegex(@"^(.*denselayer\d+\.(?:norm|relu|conv))\.([12]\.(?:weight|bias|running_mean|running_var|num_batches_tracked))$", RegexOptions.CultureInvariant)]
    private static partial Regex OldDenseLayer();
}
