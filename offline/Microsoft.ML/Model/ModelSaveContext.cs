namespace Microsoft.ML;

public sealed class ModelSaveContext : IDisposable
{
    internal ModelSaveContext() { }

    internal void Save(ISavable model) => throw new NotSupportedException($"Saving '{model.LoaderName}'");

    public void Dispose() { }
}
