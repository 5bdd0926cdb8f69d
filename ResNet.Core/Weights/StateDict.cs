using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// Named weights in managed memory, in the order of the file or the module that they come from; what every reader of
/// weights returns. Immutable, safe to share between threads.
/// </summary>
public sealed class StateDict : IReadOnlyDictionary<string, WeightTensor>
{
    private readonly OrderedDictionary<string, WeightTensor> tensors;

    /// <summary>Collects named weights.</summary>
    /// <param name="tensors">Names and weights, in order.</param>
    /// <param name="metadata">Texts that travel with them (safetensors' <c>__metadata__</c>). Default: none.</param>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public StateDict(IEnumerable<KeyValuePair<string, WeightTensor>> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        this.tensors = new(tensors, StringComparer.Ordinal);
        Metadata = (metadata ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>Texts that travel with the weights; empty where the format has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <inheritdoc/>
    public int Count => tensors.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => tensors.Keys;

    /// <inheritdoc/>
    public IEnumerable<WeightTensor> Values => tensors.Values;

    /// <inheritdoc/>
    public WeightTensor this[string key] => tensors[key];

    /// <summary>A copy of a module's parameters and buffers, in the order of its <c>state_dict()</c>.</summary>
    public static StateDict Of(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new(module.state_dict().Select(entry => KeyValuePair.Create(entry.Key, WeightTensor.Of(entry.Value))));
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => tensors.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out WeightTensor value) => tensors.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, WeightTensor>> GetEnumerator() => tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
