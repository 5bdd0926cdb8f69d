namespace ResNet.Core;

/// <summary>Networks whose depth follows from the number of blocks in each of three equal stages.</summary>
internal static class DepthRule
{
    /// <summary>The n of a depth that is period × n + rest.</summary>
    /// <param name="depth">The depth asked for.</param>
    /// <param name="period">Layers that one more block in each stage adds.</param>
    /// <param name="rest">Layers beside the stages.</param>
    /// <param name="parts">What the layers are, for the error.</param>
    /// <exception cref="ArgumentException">There is no such n; the message gives the nearest depths.</exception>
    public static int Blocks(int depth, int period, int rest, string parts)
    {
        if (depth >= period + rest && (depth - rest) % period == 0)
        {
            return (depth - rest) / period;
        }

        var below = Math.Max(period + rest, ((depth - rest) / period * period) + rest);
        throw new ArgumentException(
            $"This network's depth is {period}n+{rest} ({parts}), but {depth} is not; the nearest are {below} and {below + period}.", nameof(depth));
    }
}
