namespace SuperResolution;

/// <summary>The command line's values.</summary>
internal sealed record Settings(string? Images, int Scale, int Steps, string? Enlarge, int Seed, string Device, string Output)
{
    public void Check()
    {
        if (Scale is < 2 or > 4)
            throw new ArgumentException($"--scale is {Scale}; it must be 2, 3 or 4.");
        if (Steps < 1)
            throw new ArgumentException($"--steps is {Steps}; it must be 1 or more.");
    }
}
