using System.Collections.Immutable;

namespace ResNet.Core;

/// <summary>
/// Turns the pickle's descriptions into weights: slices of the storages where the elements lie one after another, copies
/// where they are strided. Copies together are at most twice the storages, so that no file unfolds to more than it is.
/// </summary>
internal sealed class TensorMaterializer(ByteCursor file, Func<PickledStorage, ReadOnlyMemory<byte>> storages, long fileLength)
{
    private long copied;

    public StateDict All(IEnumerable<KeyValuePair<string, PickledTensor>> tensors)
    {
        var weights = new OrderedDictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            if (!weights.TryAdd(name, Materialize(name, tensor)))
            {
                throw file.Invalid($"{name} comes twice in its state dict.");
            }
        }

        return new(weights);
    }

    private WeightTensor Materialize(string name, PickledTensor tensor)
    {
        var elementSize = ElementTypes.Size(tensor.Storage.Type);
        var shape = tensor.Size.ToImmutableArray();
        if (!WeightTensor.TryByteCount(tensor.Size, elementSize, out var bytes))
        {
            throw file.Invalid($"{name} cannot have the shape [{string.Join(", ", shape)}].");
        }

        if (bytes == 0)
        {
            return new(tensor.Storage.Type, shape, default);
        }

        // The last element that the strides reach; all before it are within the storage, too.
        var last = (Int128)tensor.Offset;
        for (var d = 0; d < tensor.Size.Length; d++)
        {
            last += (Int128)(tensor.Size[d] - 1) * tensor.Stride[d];
        }

        if (tensor.Offset < 0 || tensor.Stride.Any(stride => stride < 0) || last >= tensor.Storage.Elements || bytes / elementSize > tensor.Storage.Elements)
        {
            throw file.Invalid($"{name} reaches outside its storage of {tensor.Storage.Elements} elements; the file is damaged.");
        }

        var storage = storages(tensor.Storage);
        return new(tensor.Storage.Type, shape, IsContiguous(tensor)
            ? storage.Slice((int)(tensor.Offset * elementSize), (int)bytes)
            : Gather(name, tensor, storage.Span, elementSize, bytes));
    }

    private static bool IsContiguous(PickledTensor tensor)
    {
        var expected = 1L;
        for (var d = tensor.Size.Length - 1; d >= 0; d--)
        {
            if (tensor.Size[d] != 1 && tensor.Stride[d] != expected)
            {
                return false;
            }

            expected *= tensor.Size[d];
        }

        return true;
    }

    private byte[] Gather(string name, PickledTensor tensor, ReadOnlySpan<byte> storage, int elementSize, long bytes)
    {
        copied += bytes;
        if (copied > 2 * fileLength)
        {
            throw file.Invalid($"{name} and tensors before it share storages so often that they are far larger than the file.");
        }

        var result = new byte[bytes];
        var index = new long[tensor.Size.Length];
        var from = tensor.Offset;
        for (var to = 0; to < result.Length; to += elementSize)
        {
            storage.Slice((int)(from * elementSize), elementSize).CopyTo(result.AsSpan(to));
            for (var d = index.Length - 1; d >= 0; d--)
            {
                from += tensor.Stride[d];
                if (++index[d] < tensor.Size[d])
                {
                    break;
                }

                from -= tensor.Stride[d] * tensor.Size[d];
                index[d] = 0;
            }
        }

        return result;
    }
}
