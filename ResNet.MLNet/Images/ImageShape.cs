namespace ResNet.MLNet;

/// <summary>The size of an image: channels × height × width, as <c>3×224×224</c>.</summary>
/// <param name="Channels">Colour channels: 3 (red, green, blue) or 1 (grey).</param>
/// <param name="Height">Rows of pixels, from 1.</param>
/// <param name="Width">Pixels in a row, from 1.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>How many values an image has: channels · height · width.</summary>
    public int Size => checked(Channels * Height * Width);

    /// <summary>The shape as text, as <c>3×224×224</c>.</summary>
    /// <returns>Channels, height and width with × between.</returns>
    public override string ToString() => FormattableString.Invariant($"{Channels}×{Height}×{Width}");

    internal static bool IsChannels(int count) => count is 1 or 3;
}
