using Microsoft.ML.Data;

namespace YourOwn;

/// <summary>A picture that is made on the spot: stripes on a noisy ground, whose direction is its class.</summary>
internal sealed class Picture
{
    private const int Side = 24;

    private static readonly (string Name, Func<int, int, int> Across)[] Classes = [("lying", (_, y) => y), ("standing", (x, _) => x), ("slanting", (x, y) => x + y)];

    public string Label { get; set; } = "";

    /// <summary>Channel by channel, values 0..255.</summary>
    [VectorType(3, Side, Side)]
    public float[] Features { get; set; } = [];

    public static List<Picture> Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Draw(Classes[i % Classes.Length], random))];
    }

    private static Picture Draw((string Name, Func<int, int, int> Across) kind, Random random)
    {
        var (width, start, contrast) = (random.Next(3, 6), random.Next(6), random.Next(60, 120));
        float Value(int i) => (kind.Across(i % Side, i / Side % Side) + start) / width % 2 * contrast + random.Next(120);
        return new Picture { Label = kind.Name, Features = [.. Enumerable.Range(0, 3 * Side * Side).Select(Value)] };
    }
}

/// <summary>What a model says of a picture.</summary>
internal sealed class Opinion
{
    public string Class { get; set; } = "";

    public float[] Score { get; set; } = [];

    public float Precision { get; set; }
}
