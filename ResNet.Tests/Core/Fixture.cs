namespace ResNet.Tests.Core;

/// <summary>Small text files of expected values, embedded in this assembly; make_fixtures.py beside them tells how they were made.</summary>
internal static class Fixture
{
    /// <summary>The lines of a file, each cut at its spaces.</summary>
    public static IEnumerable<string[]> Read(string name)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"There is no embedded file {name}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
