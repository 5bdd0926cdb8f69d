using Pictures;

namespace Segmentation;

/// <summary>Discs, squares and triangles of any colour before a noisy background: shape alone tells the class, and the last one drawn hides the others.</summary>
internal static class GeneratedScenes
{
    // So many that each is seen but a few times: the network must learn the shapes.
    private const int Count = 4000;

    public static Scenes Make(int size, int seed)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, Count).Select(_ => Draw(size, random))], ["background", "disc", "square", "triangle"]);
    }

    private static Scene Draw(int size, Random random)
    {
        var (image, mask) = (Picture.Empty(size, size), new byte[size * size]);
        var background = Colour(random);
        var (slopeX, slopeY) = (random.NextDouble() - 0.5, random.NextDouble() - 0.5);
        var shapes = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Shape(random, size)).ToArray();
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
            {
                var shape = shapes.LastOrDefault(shape => shape.Covers(x, y));
                mask[y * size + x] = shape?.Class ?? 0;
                var light = 100 * (slopeX * (x - size / 2) + slopeY * (y - size / 2)) / size + 50 * (random.NextDouble() - 0.5);
                for (var channel = 0; channel < 3; channel++)
                    image.Pixels[3 * (y * size + x) + channel] = (byte)Math.Clamp((shape?.Colour ?? background)[channel] + light, 0, 255);
            }
        return new(image, mask);
    }

    private static int[] Colour(Random random) => [random.Next(40, 216), random.Next(40, 216), random.Next(40, 216)];

    private sealed class Shape(Random random, int size)
    {
        private readonly double x0 = random.NextDouble() * size, y0 = random.NextDouble() * size, radius = size * (0.2 + 0.15 * random.NextDouble());

        /// <summary>1: disc, 2: square, 3: triangle.</summary>
        public byte Class { get; } = (byte)random.Next(1, 4);

        public int[] Colour { get; } = Colour(random);

        public bool Covers(int x, int y)
        {
            var (dx, dy) = (x - x0, y - y0);
            return Class switch
            {
                1 => dx * dx + dy * dy < radius * radius,
                2 => Math.Abs(dx) < 0.85 * radius && Math.Abs(dy) < 0.85 * radius,
                _ => dy < 0.6 * radius && Math.Sqrt(3) * Math.Abs(dx) - dy < 1.2 * radius,
            };
        }
    }
}
