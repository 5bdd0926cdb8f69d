using Pictures;
using ResNet.Core;

namespace SuperResolution;

/// <summary>Pictures with edges, stripes and gradients, where there are no photos.</summary>
internal static class GeneratedPhotos
{
    private const int Count = 20, Side = 240;

    public static List<Photo> Make(int seed, int scale) =>
        [.. Enumerable.Range(0, Count).Select(i => Photo.Of($"generated {i + 1}", Scene(new Random(unchecked(seed * 7919 + i))), scale))];

    // Drawn twice as large and shrunk, which smooths the edges as a lens does.
    private static Picture Scene(Random random)
    {
        var scene = Picture.Empty(2 * Side, 2 * Side);
        var shapes = Enumerable.Range(0, 40).Select(_ => new Shape(random, scene.Width)).ToArray();
        for (var y = 0; y < scene.Height; y++)
            for (var x = 0; x < scene.Width; x++)
            {
                // The first one is the background.
                var top = Array.FindLast(shapes, shape => shape.Covers(x, y)) ?? shapes[0];
                for (var channel = 0; channel < 3; channel++)
                    scene.Pixels[3 * (y * scene.Width + x) + channel] = top.At(x, y, channel);
            }
        return scene.Resized(Side, Side, Interpolation.Bicubic);
    }

    /// <summary>A disc or a turned rectangle, striped or plain, darker to one side.</summary>
    private sealed class Shape(Random random, int side)
    {
        private readonly bool disc = random.Next(2) == 0;
        private readonly double x0 = random.NextDouble() * side, y0 = random.NextDouble() * side, flat = 0.1 + random.NextDouble();
        private readonly (double Sin, double Cos) angle = Math.SinCos(random.NextDouble() * Math.PI);
        private readonly double radius = side * (0.02 + 0.18 * random.NextDouble()), period = 6 + 40 * random.NextDouble(), striped = random.Next(2) * random.NextDouble(), shade = random.NextDouble() / side;
        private readonly int[] one = [random.Next(256), random.Next(256), random.Next(256)], other = [random.Next(256), random.Next(256), random.Next(256)];

        public bool Covers(int x, int y)
        {
            var (along, across) = Turned(x, y);
            return disc ? along * along + across * across < radius * radius : Math.Abs(along) < radius && Math.Abs(across) < radius * flat;
        }

        public byte At(int x, int y, int channel)
        {
            var (along, across) = Turned(x, y);
            var stripe = Math.Sin(2 * Math.PI * along / period) > 0 ? striped : 0;
            return (byte)Math.Clamp((one[channel] + stripe * (other[channel] - one[channel])) * (1 - shade * Math.Abs(across)), 0, 255);
        }

        private (double Along, double Across) Turned(int x, int y) =>
            (angle.Cos * (x - x0) + angle.Sin * (y - y0), angle.Cos * (y - y0) - angle.Sin * (x - x0));
    }
}
