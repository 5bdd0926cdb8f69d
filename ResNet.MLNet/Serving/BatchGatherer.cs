using System.Diagnostics;
using System.Threading.Channels;

namespace ResNet.MLNet.Serving;

/// <summary>Takes requests out of a queue in batches. For one reader.</summary>
internal sealed class BatchGatherer(ChannelReader<ImageRequest> queue, int batchSize, TimeSpan maxDelay, Func<int> underWay)
{
    /// <summary>The next batch; empty when the queue has ended.</summary>
    public async Task<List<ImageRequest>> NextAsync()
    {
        var batch = new List<ImageRequest>(batchSize);
        if (!await queue.WaitToReadAsync().ConfigureAwait(false)) return batch;
        var began = Stopwatch.GetTimestamp();
        while (batch.Count < batchSize)
        {
            if (queue.TryRead(out var request))
            {
                batch.Add(request);
                continue;
            }

            // Nobody else is coming, or the time is over.
            var left = maxDelay - Stopwatch.GetElapsedTime(began);
            if (underWay() <= batch.Count || left <= TimeSpan.Zero || !await MoreAsync(left).ConfigureAwait(false)) break;
        }
        return batch;
    }

    private async Task<bool> MoreAsync(TimeSpan within)
    {
        using var timeout = new CancellationTokenSource(within);
        try
        {
            return await queue.WaitToReadAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
