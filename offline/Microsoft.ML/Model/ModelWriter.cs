using System.Text;

namespace Microsoft.ML;

/// <summary>Writes one component's own data.</summary>
internal sealed class ModelWriter(Stream stream) : BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)
{
    /// <summary>A string that may be null.</summary>
    public void WriteText(string value)
    {
        Write(value != null);
        if (value != null) Write(value);
    }

    public void WriteMany<T>(IReadOnlyCollection<T> items, Action<T> write)
    {
        Write(items.Count);
        foreach (var item in items) write(item);
    }

    public void WritePairs((string Output, string Input)[] pairs) => WriteMany(pairs, pair =>
    {
        Write(pair.Output);
        Write(pair.Input);
    });
}
