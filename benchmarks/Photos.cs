using Microsoft.ML.Data;

namespace Benchmarks;

/// <summary>JPEG files: of a folder, or drawn for the run and deleted after it.</summary>
internal sealed class Photos : IDisposable
{
    private readonly string? _drawn;

    public Photos(string? folder, int count)
    {
        if (folder is not null)
        {
            var found = Directory.EnumerateFiles(folder, "*.jp*g", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(count).ToArray();
            Files = found.Length == count ? found : throw new ArgumentException($"--images: {folder} has {found.Length} JPEG files; {count} are needed.");
            return;
        }

        _drawn = Directory.CreateTempSubdirectory("resnet-photos").FullName;
        Files = [.. ParallelEnumerable.Range(0, count).AsOrdered().Select(i => Draw(Path.Combine(_drawn, $"{i:0000}.jpg"), new Random(i)))];
    }

    public IReadOnlyList<string> Files { get; }

    public void Dispose()
    {
        if (_drawn is not null)
            Directory.Delete(_drawn, recursive: true);
    }

    // Smooth waves with grain on them: a JPEG file of a photo's size in bytes and so of its decoding time.
    private static string Draw(string path, Random random)
    {
        const int width = 500, height = 375;
        var pixels = new byte[width * height * 4];
        var waves = Enumerable.Range(0, 12).Select(_ => (X: random.NextDouble() / 10, Y: random.NextDouble() / 10, Phase: random.NextDouble() * 6, Channel: random.Next(3))).ToArray();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var at = (y * width + x) * 4;
                Span<double> colour = [128, 128, 128];
                foreach (var wave in waves)
                    colour[wave.Channel] += 25 * Math.Sin(wave.X * x + wave.Y * y + wave.Phase);
                for (var c = 0; c < 3; c++)
                    pixels[at + c] = (byte)Math.Clamp(colour[c] + random.Next(-12, 13), 0, 255);
                pixels[at + 3] = 255;
            }
        using var image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
        image.Save(path);
        return path;
    }
}
