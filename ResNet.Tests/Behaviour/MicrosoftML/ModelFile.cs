namespace ResNet.Tests.Behaviour;

/// <summary>A small ONNX model in a temporary file.</summary>
internal sealed class ModelFile : IDisposable
{
    public ModelFile(TinyOnnx model) => File.WriteAllBytes(Path, model.Build());

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
