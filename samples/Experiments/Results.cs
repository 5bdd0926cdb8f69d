namespace Experiments;

/// <summary>Whether a claim and what was measured go together.</summary>
internal enum Verdict
{
    Agrees,
    Disagrees,

    /// <summary>The difference is within what chance alone makes of it.</summary>
    Undecided,
}

/// <summary>One claim of the literature, what was measured of it here, and whether they agree.</summary>
internal sealed record Finding(string Claim, string Measured, Verdict Verdict)
{
    public static Finding Of(string claim, string measured, bool agrees) => new(claim, measured, agrees ? Verdict.Agrees : Verdict.Disagrees);
}

/// <summary>What an experiment came to.</summary>
internal sealed record Results(IReadOnlyList<Finding> Findings, IReadOnlyList<Chart> Charts, IReadOnlyList<Table> Tables);
