namespace Benchmarks;

/// <summary>What the command line says of a run.</summary>
internal sealed record Settings(int Rounds, string? Only, string Python, string Output)
{
    public bool Wants(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
