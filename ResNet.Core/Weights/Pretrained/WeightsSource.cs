namespace ResNet.Core;

/// <summary>Where a file of published weights comes from.</summary>
public abstract record WeightsSource
{
    private protected WeightsSource()
    {
    }

    /// <summary>The file's name in the cache: the published one.</summary>
    public abstract string FileName { get; }

    /// <summary>How a person gets the file without this library: an address, or a command.</summary>
    public abstract string ByHand { get; }

    /// <summary>The address to download from.</summary>
    /// <exception cref="IOException">It is not known on this machine (npm without a registry).</exception>
    internal abstract Uri Address();

    private protected static string CheckFileName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+') && name.Trim('.').Length > 0
            ? name
            : throw new ArgumentException($"'{name}' is no file name for the cache: expected ASCII letters, digits, '.', '-', '_' and '+'.");
}
