using System.Threading.Channels;
using ResNet.MLNet.Serving;

namespace ResNet.Tests.MLNet.Serving;

/// <summary>Which requests come into one batch.</summary>
public class BatchGathererTests
{
    private readonly Channel<ImageRequest> _queue = Channel.CreateUnbounded<ImageRequest>();

    private int _underWay;

    [Fact]
    public async Task What_waits_comes_in_full_batches_and_the_rest_without_delay()
    {
        var requests = Ask(10);
        var gatherer = new BatchGatherer(_queue.Reader, batchSize: 4, TimeSpan.FromMinutes(1), () => _underWay);
        List<ImageRequest> seen = [];
        foreach (var size in new[] { 4, 4, 2 })
        {
            var batch = await gatherer.NextAsync();
            Assert.Equal(size, batch.Count);
            seen.AddRange(batch);
            _underWay -= batch.Count;
        }
        Assert.Equal(requests, seen);
        _queue.Writer.Complete();
        Assert.Empty(await gatherer.NextAsync());
    }

    [Fact]
    public async Task Those_under_way_are_waited_for_but_not_for_ever()
    {
        Ask(1);
        var patient = new BatchGatherer(_queue.Reader, batchSize: 4, TimeSpan.FromMinutes(1), () => 3).NextAsync();
        Assert.False(patient.IsCompleted);
        Ask(2);
        Assert.Equal(3, (await patient).Count);

        Ask(1);
        Assert.Single(await new BatchGatherer(_queue.Reader, batchSize: 4, TimeSpan.FromMilliseconds(1), () => 2).NextAsync());
    }

    private ImageRequest[] Ask(int count)
    {
        var requests = Enumerable.Range(0, count).Select(_ => new ImageRequest(1, default)).ToArray();
        foreach (var request in requests) Assert.True(_queue.Writer.TryWrite(request));
        _underWay += count;
        return requests;
    }
}
