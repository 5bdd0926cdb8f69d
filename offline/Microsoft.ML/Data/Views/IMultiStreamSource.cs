namespace Microsoft.ML.Data;

/// <summary>One or more streams to load data from, each openable many times.</summary>
public interface IMultiStreamSource
{
    int Count { get; }

    string GetPathOrNull(int index);

    Stream Open(int index);

    TextReader OpenTextReader(int index);
}
