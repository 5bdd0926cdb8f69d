using System.Net.Http.Headers;
using System.Text;

namespace ResNet.Core;

/// <summary>
/// Which version of a file on a server a partial download is of: its strong ETag, else its date, in a small file beside it.
/// </summary>
internal sealed class PartialVersion(string partial)
{
    private readonly string path = partial + ".version";

    /// <summary>For an If-Range header; null where nothing is known, and so nothing can be resumed.</summary>
    public RangeConditionHeaderValue? Read() =>
        File.Exists(path) && RangeConditionHeaderValue.TryParse(File.ReadAllText(path, Encoding.ASCII), out var value) ? value : null;

    public void Write(HttpResponseMessage response)
    {
        var value = response.Headers.ETag is { IsWeak: false } tag ? new RangeConditionHeaderValue(tag)
            : response.Content.Headers.LastModified is { } date ? new RangeConditionHeaderValue(date)
            : null;
        File.WriteAllText(path, value?.ToString() ?? "", Encoding.ASCII);
    }

    public void Delete() => File.Delete(path);
}
