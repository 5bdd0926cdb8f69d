using ResNet.Core;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

/// <summary>How an <see cref="ImageClassifier"/> gathers requests. Values are checked when they are set.</summary>
public sealed record ImageClassifierOptions
{
    /// <summary>Most requests in one pass of the network, from 1. Default 16.</summary>
    public int BatchSize { get; init => field = OptionCheck.AtLeast(1, value); } = 16;

    /// <summary>How long the first request of a batch waits for others, 0 to a minute. A request that is alone does not wait. Default 5 ms.</summary>
    public TimeSpan MaxDelay
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromMinutes(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxDelay), value, $"{nameof(MaxDelay)} must be from 0 to a minute.");
    }
    = TimeSpan.FromMilliseconds(5);

    /// <summary>Requests that may be under way at a time, from 1: decoded images are kept for so many (0.6 MB each at 224×224). Further ones
    /// wait before they are decoded. Default 64.</summary>
    public int QueueLength { get; init => field = OptionCheck.AtLeast(1, value); } = 64;

    /// <summary>How a photo becomes the network's input. Default null: as the model says.</summary>
    public Preprocessing? Preprocessing { get; init; }
}
