using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Files by their paths; a path may hold wildcards, or several paths joined by '+'.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    public MultiFileSource(params string[] paths) => _paths = [.. (paths ?? []).Where(path => !string.IsNullOrWhiteSpace(path)).SelectMany(Expand)];

    public int Count => _paths.Length;

    public string GetPathOrNull(int index)
    {
        Check.Param((uint)index < (uint)Count, nameof(index));
        return _paths[index];
    }

    public Stream Open(int index)
    {
        string path = GetPathOrNull(index);
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e)
        {
            throw new IOException($"Could not open file '{path}'. Error is: {e.Message}", e);
        }
    }

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));

    /// <summary>The files that a pattern stands for; a plain path stands for itself, there or not.</summary>
    internal static IEnumerable<string> Expand(string pattern)
    {
        if (File.Exists(pattern)) return [pattern];
        return pattern.Split('+').SelectMany(part =>
        {
            string name = Path.GetFileName(part), folder = Path.GetDirectoryName(part);
            if (name.IndexOfAny(['*', '?']) < 0) return [part];
            folder = string.IsNullOrEmpty(folder) ? "." : folder;
            return Directory.Exists(folder) ? Directory.GetFiles(folder, name).Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        });
    }
}
