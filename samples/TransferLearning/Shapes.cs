using Microsoft.ML.Data;

namespace TransferLearning;

/// <summary>Pictures to try the sample with, made on the spot: shapes of random size, place and colour on a noisy ground.</summary>
internal static class Shapes
{
    private const int Side = 48, EachClass = 80;

    // Whether a point belongs to the shape; the shape reaches from −1 to 1.
    private static readonly (string Name, Func<double, double, bool> Inside)[] Classes =
    [
        ("circle", (x, y) => x * x + y * y < 1),
        ("cross", (x, y) => Math.Min(Math.Abs(x), Math.Abs(y)) < 0.3 && Math.Max(Math.Abs(x), Math.Abs(y)) < 1),
        ("ring", (x, y) => x * x + y * y is > 0.4 and < 1),
        ("triangle", (x, y) => y < 0.9 && y > 2 * Math.Abs(x) - 0.9),
    ];

    /// <summary>Writes <c>CLASS/NN.png</c>, once.</summary>
    public static string Write(string folder)
    {
        if (Directory.Exists(folder))
            return folder;
        // Written beside and moved at the end: an interrupted run leaves no half-filled folder behind.
        var partial = folder + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        var random = new Random(1);
        foreach (var (name, inside) in Classes)
        {
            Directory.CreateDirectory(Path.Combine(partial, name));
            for (var i = 0; i < EachClass; i++)
            {
                using var image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Rgba32, Draw(inside, random));
                image.Save(Path.Combine(partial, name, $"{i:D2}.png"));
            }
        }
        Directory.Move(partial, folder);
        return folder;
    }

    private static byte[] Draw(Func<double, double, bool> inside, Random random)
    {
        var radius = Side * (0.25 + 0.15 * random.NextDouble());
        var (left, top) = (radius + (Side - 2 * radius) * random.NextDouble(), radius + (Side - 2 * radius) * random.NextDouble());
        var colour = new[] { random.Next(256), random.Next(256), random.Next(256) };
        // Far from the shape's colour, so that it can be seen.
        var ground = colour.Select(value => (value + 96 + random.Next(64)) % 256).ToArray();
        var pixels = new byte[Side * Side * 4];
        for (var p = 0; p < pixels.Length; p++)
        {
            var (x, y) = (p / 4 % Side, p / 4 / Side);
            var shade = p % 4 == 3 ? 255 : (inside((x - left) / radius, (y - top) / radius) ? colour : ground)[p % 4] + random.Next(-10, 11);
            pixels[p] = (byte)Math.Clamp(shade, 0, 255);
        }
        return pixels;
    }
}
