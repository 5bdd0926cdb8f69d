using System.Numerics;

namespace ResNet.Core;

/// <summary>
/// PyTorch's format before 1.6 (<c>torch.save(…, _use_new_zipfile_serialization=False)</c>): pickles of a magic number, the
/// protocol, the system and the object; a pickled list of storage keys; then each storage: element count and elements.
/// </summary>
internal static class LegacyCheckpoint
{
    private static readonly byte[] Magic = Convert.FromHexString("6cfc9c46f9206aa85019");

    /// <summary>The first pickle holds the magic number alone; a frame may come before it.</summary>
    public static bool Recognize(ReadOnlySpan<byte> data) => data is [0x80, >= 2 and <= 5, ..] && data[..Math.Min(32, data.Length)].IndexOf(Magic) > 0;

    public static StateDict Read(ReadOnlyMemory<byte> data, string name)
    {
        var file = new ByteCursor(data, name);
        if (Pickle.Read(file) is not BigInteger magic || magic != new BigInteger(Magic))
        {
            throw file.Invalid("this is no PyTorch checkpoint: its magic number is missing.");
        }

        if (Pickle.Read(file) is not 1001L)
        {
            throw file.Invalid("this is a PyTorch checkpoint of another protocol than 1001.");
        }

        if (Pickle.Read(file) is PickledDict system && system.Items.Any(item => item is ("little_endian", false)))
        {
            throw file.Invalid("it was written on a big-endian machine; save it again on a little-endian one.");
        }

        var tensors = StateDictSearch.Find(file, Pickle.Read(file, out var named));
        var storages = Storages(file, named);
        return new TensorMaterializer(file, Storage, data.Length).All(tensors);

        ReadOnlyMemory<byte> Storage(PickledStorage wanted)
        {
            var size = ElementTypes.Size(wanted.Type);
            return storages.TryGetValue(wanted.Key, out var all) && wanted.Offset + wanted.Elements <= all.Length / size
                ? all.Slice((int)(wanted.Offset * size), (int)(wanted.Elements * size))
                : throw file.Invalid($"the storage {wanted.Key} of {wanted.Elements} elements is missing; the file is cut off or damaged.");
        }
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Storages(ByteCursor file, IReadOnlyDictionary<string, PickledStorage> named)
    {
        var storages = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (Pickle.Read(file) is not List<object?> keys)
        {
            throw file.Invalid("the list of storages is missing.");
        }

        foreach (var item in keys)
        {
            if (item is not string key || !named.TryGetValue(key, out var storage))
            {
                throw file.Invalid("the list of storages has one that no tensor uses; the file is damaged.");
            }

            var elements = file.Int64($"the length of storage {key}");
            storages[key] = elements is >= 0 and <= int.MaxValue
                ? file.Bytes(elements * ElementTypes.Size(storage.Type), $"storage {key}")
                : throw file.Invalid($"storage {key} says that it has {elements} elements.");
        }

        return storages;
    }
}
