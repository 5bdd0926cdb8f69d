using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>The classes of a dataset's images, where it does not tell them by itself.</summary>
internal static class DatasetLabels
{
    private const int BatchSize = 64;

    public static IReadOnlyList<int> Read(IImageDataset data)
    {
        var labels = new List<int>(data.Count);
        for (var first = 0; first < data.Count; first += BatchSize)
        {
            using var batch = data.GetBatch([.. Enumerable.Range(first, Math.Min(BatchSize, data.Count - first))]);
            if (batch.Labels.dtype != ScalarType.Int64 || batch.Labels.dim() != 1)
            {
                throw new InvalidOperationException("Classes can be balanced only where each image has one class.");
            }

            using var onCpu = batch.Labels.cpu();
            foreach (var label in MemoryMarshal.Cast<byte, long>(onCpu.bytes))
            {
                labels.Add((int)label);
            }
        }

        return labels;
    }
}
