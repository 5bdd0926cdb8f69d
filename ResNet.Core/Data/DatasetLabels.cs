using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>The classes of a dataset's images, where it does not tell them by itself.</summary>
internal static class DatasetLabels
{
    private const int BatchSize = 64;

    public static ImageLabels Read(IImageDataset data)
    {
        var (one, several) = (new List<int>(), new List<ClassShare[]>());
        for (var first = 0; first < data.Count; first += BatchSize)
        {
            using var batch = data.GetBatch([.. Enumerable.Range(first, Math.Min(BatchSize, data.Count - first))]);
            using var labels = batch.Labels.cpu();
            if (labels.dtype == ScalarType.Int64)
            {
                foreach (var label in MemoryMarshal.Cast<byte, long>(labels.bytes))
                {
                    one.Add((int)label);
                }

                continue;
            }

            foreach (var image in MemoryMarshal.Cast<byte, float>(labels.bytes).ToArray().Chunk(data.Classes))
            {
                several.Add([.. image.Select((share, label) => new ClassShare(label, share)).Where(label => label.Share != 0)]);
            }
        }

        return several.Count > 0 ? ImageLabels.Several(several, data.Classes) : ImageLabels.One(one, data.Classes);
    }
}
