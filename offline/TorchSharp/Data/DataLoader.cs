using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace TorchSharp.Modules;

/// <summary>Stacks the items' tensors of the same name.</summary>
public class DataLoader : DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>>
{
    public DataLoader(Dataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    public DataLoader(Dataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    private static Dictionary<string, Tensor> Collate(IEnumerable<Dictionary<string, Tensor>> items, Device device) =>
        items.First().Keys.ToDictionary(name => name, name => Batches.Stack(items.Select(item => item[name]), device));
}

/// <summary>Stacks the items' tensors of the same position.</summary>
public class IterableDataLoader : DataLoader<IList<Tensor>, IList<Tensor>>
{
    public IterableDataLoader(IterableDataset dataset, int batchSize, IEnumerable<long> shuffler, Device? device = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffler, device, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    public IterableDataLoader(IterableDataset dataset, int batchSize, bool shuffle = false, Device? device = null, int? seed = null, int num_worker = 1, bool drop_last = false, bool disposeBatch = true, bool disposeDataset = true)
        : base(dataset, batchSize, Collate, shuffle, device, seed, num_worker, drop_last, disposeBatch, disposeDataset)
    {
    }

    private static IList<Tensor> Collate(IEnumerable<IList<Tensor>> items, Device device) =>
        [.. Enumerable.Range(0, items.First().Count).Select(i => Batches.Stack(items.Select(item => item[i]), device))];
}

internal static class Batches
{
    internal static Tensor Stack(IEnumerable<Tensor> items, Device device)
    {
        var stacked = Op.T("stack", "", items.ToArray(), 0L);
        return stacked.device_type == device.type ? stacked : stacked.to(device);
    }
}
