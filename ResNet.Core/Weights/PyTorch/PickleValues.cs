using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>A global that a pickle names, one of the few that are known: nothing is ever imported or called.</summary>
internal sealed record PickledGlobal(string Name);

/// <summary>A Python dict: its items in order, keys of any kind, later ones not yet replacing earlier ones.</summary>
internal sealed class PickledDict
{
    public List<(object? Key, object? Value)> Items { get; } = [];
}

/// <summary>Numbers that several tensors may look into, kept outside the pickle.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Key">Where the file keeps it.</param>
/// <param name="Elements">How many elements the pickle says there are.</param>
/// <param name="Offset">First element within the storage of that key; not 0 only in files of PyTorch before 0.4.</param>
internal sealed record PickledStorage(ScalarType Type, string Key, long Elements, long Offset);

/// <summary>A tensor as the pickle describes it; nothing is checked against the storage yet.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Size, long[] Stride);
