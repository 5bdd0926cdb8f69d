using System.Security.Cryptography;

namespace ResNet.Core;

/// <summary>Checks a file against a published SHA-256, or against as much of it as is published.</summary>
internal static class FileHash
{
    /// <summary>null where the file's SHA-256 begins with <paramref name="expected"/>; otherwise what is wrong, in words that follow its name.</summary>
    public static async Task<string?> ProblemAsync(string path, string expected, CancellationToken cancellation)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var begin = new byte[64];
        var count = await stream.ReadAtLeastAsync(begin, begin.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        stream.Position = 0;
        return Problem(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false), begin.AsSpan(0, count), expected);
    }

    /// <summary>The same for bytes in memory.</summary>
    public static string? Problem(ReadOnlySpan<byte> bytes, string expected) =>
        Problem(SHA256.HashData(bytes), bytes[..Math.Min(bytes.Length, 64)], expected);

    private static string? Problem(byte[] hash, ReadOnlySpan<byte> begin, string expected)
    {
        var actual = Convert.ToHexStringLower(hash);
        if (actual.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return $"is not the published file: its SHA-256 is {actual}, expected {expected}{(expected.Length < 64 ? "…" : "")}"
            + (begin.TrimStart(" \t\r\n"u8).StartsWith("<"u8) ? "; it looks like a web page" : "");
    }
}
