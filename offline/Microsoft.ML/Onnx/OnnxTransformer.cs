using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Runs an ONNX model row by row. Its columns are the model's inputs and outputs by name; the model's bytes are saved with it.</summary>
public sealed class OnnxTransformer : RowToRowTransformerBase, IDisposable
{
    internal const string Name = "OnnxTransform";

    private const string ModelEntry = "OnnxModel";

    private readonly OnnxSettings _settings;
    private bool _disposed;

    internal OnnxTransformer(OnnxSettings settings, string modelFile) : this(settings, () => OnnxModelFile.Of(Existing(modelFile))) { }

    internal OnnxTransformer(OnnxSettings settings, Stream model) : this(settings, () => CopyOf(model, settings)) { }

    private OnnxTransformer(OnnxSettings settings, Func<OnnxModelFile> file) : base(settings.Environment.Register(nameof(OnnxTransformer)))
    {
        foreach (string column in settings.Inputs) Check.NotWhiteSpace(column, "InputColumns");
        foreach (string column in settings.Outputs) Check.NotWhiteSpace(column, "OutputColumns");
        _settings = settings;
        Model = new OnnxModel(file(), settings);
        try
        {
            Inputs = settings.Inputs.Length == 0 ? [.. Model.Inputs.Select(v => v.Name)] : settings.Inputs;
            Outputs = settings.Outputs.Length == 0 ? [.. Model.Outputs] : Array.ConvertAll(settings.Outputs, Model.Output);
        }
        catch
        {
            Model.Dispose();
            throw;
        }
    }

    internal OnnxModel Model { get; }

    internal string[] Inputs { get; }

    internal OnnxVariable[] Outputs { get; }

    internal static OnnxTransformer Load(ModelReader reader)
    {
        string[] inputs = reader.ReadMany(reader.ReadString), outputs = reader.ReadMany(reader.ReadString);
        var shapes = reader.ReadMany(() => (Name: reader.ReadString(), Shape: reader.ReadMany(reader.ReadInt32)));
        var context = reader.Environment as MLContext;
        var settings = new OnnxSettings(reader.Environment, outputs, inputs)
        {
            Shapes = shapes.ToDictionary(s => s.Name, s => s.Shape),
            RecursionLimit = reader.ReadInt32(),
            GpuDeviceId = context?.GpuDeviceId,
            FallbackToCpu = context?.FallbackToCpu ?? false,
        };
        return new OnnxTransformer(settings, () =>
        {
            using var entry = reader.OpenEntry(ModelEntry);
            return OnnxModelFile.Load(entry, settings.TempFolder);
        });
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Model.Dispose();
    }

    private protected override string LoaderName => Name;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.SaveEntry(ModelEntry, Model.File.Write);
        writer.WriteMany(Inputs, writer.Write);
        writer.WriteMany(Outputs, output => writer.Write(output.Name));
        writer.WriteMany(_settings.Shapes.ToList(), shape =>
        {
            writer.Write(shape.Key);
            writer.WriteMany(shape.Value, writer.Write);
        });
        writer.Write(_settings.RecursionLimit);
    }

    private protected override RowMap MakeMap(DataViewSchema schema) => new OnnxMap(this, schema);

    private static OnnxModelFile CopyOf(Stream model, OnnxSettings settings)
    {
        Check.NotNull(model, "ModelBytes").Seek(0, SeekOrigin.Begin);
        return OnnxModelFile.CopyOf(model, settings.TempFolder);
    }

    private static string Existing(string path) => File.Exists(Check.NotWhiteSpace(path, "ModelFile"))
        ? path : throw new IOException($"Model file {path} does not exists.");
}
