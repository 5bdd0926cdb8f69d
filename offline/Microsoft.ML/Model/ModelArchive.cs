namespace Microsoft.ML;

/// <summary>The names inside a model file, a zip archive with one folder for each component.</summary>
internal static class ModelArchive
{
    /// <summary>The first bytes of every component's own entry: the slice's format, version 1.</summary>
    public const uint Mark = 0x314c4d4f;

    /// <summary>A component's own entry.</summary>
    public const string ModelEntry = "Model.key";

    /// <summary>The folder of the transformer that was saved.</summary>
    public const string Transformer = "TransformerChain";

    /// <summary>The schema of the transformer's input, if it was given.</summary>
    public const string Schema = "Schema";

    public const string Version = "TrainingInfo/Version.txt";

    public static string Join(string folder, string name) => string.IsNullOrEmpty(folder) ? name : $"{folder}/{name}";
}
