namespace Microsoft.ML;

/// <summary>A stock component that a model file can hold.</summary>
internal interface ISavable
{
    /// <summary>The name under which <see cref="LoaderRegistry"/> holds the matching reader.</summary>
    string LoaderName { get; }

    void SaveTo(ModelWriter writer);
}
