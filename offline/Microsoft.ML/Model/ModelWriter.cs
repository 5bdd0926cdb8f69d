using System.Text;

namespace Microsoft.ML;

/// <summary>Writes one component's own data, and its parts and larger pieces beside them.</summary>
internal sealed class ModelWriter(Stream stream, ModelSaveContext context) : BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)
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

    /// <summary>Saves a component that this one is made of into a folder of its own.</summary>
    public void SavePart(string name, ICanSaveModel part) => context.SavePart(name, part);

    /// <summary>Writes an entry of its own beside this component's, as <see cref="ModelReader.OpenEntry"/> reads it.</summary>
    public void SaveEntry(string name, Action<Stream> write) => context.SaveEntry(name, write);
}
