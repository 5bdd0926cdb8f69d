namespace ResNet.Core;

/// <summary>A file at an http(s) address. Its name is the address' last part.</summary>
public sealed record UrlSource : WeightsSource
{
    /// <param name="url">An absolute http or https address that ends with a file name.</param>
    /// <exception cref="ArgumentException">It is another kind of address.</exception>
    public UrlSource(string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        Url = Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new ArgumentException($"'{url}' is no absolute http or https address.", nameof(url));
        FileName = CheckFileName(Path.GetFileName(Url.AbsolutePath));
    }

    /// <summary>The address.</summary>
    public Uri Url { get; }

    /// <inheritdoc/>
    public override string FileName { get; }

    /// <inheritdoc/>
    public override string ByHand => $"download {Url}";

    /// <inheritdoc/>
    internal override Uri Address() => Url;
}
