using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Reads one component's own data, in the order in which <see cref="ModelWriter"/> wrote it, and its parts.</summary>
internal sealed class ModelReader : BinaryReader
{
    private readonly ModelArchiveReader _archive;
    private readonly string _folder;

    private ModelReader(Stream stream, ModelArchiveReader archive, string folder, IHostEnvironment environment)
        : base(stream, Encoding.UTF8, leaveOpen: true) => (_archive, _folder, Environment) = (archive, folder, environment);

    public IHostEnvironment Environment { get; }

    public string ReadText() => ReadBoolean() ? ReadString() : null;

    public T[] ReadMany<T>(Func<T> read)
    {
        var items = new T[ReadInt32()];
        for (int i = 0; i < items.Length; i++) items[i] = read();
        return items;
    }

    public (string Output, string Input)[] ReadPairs() => ReadMany(() => (ReadString(), ReadString()));

    /// <summary>Reads back what <see cref="ModelWriter.SavePart"/> saved under that name.</summary>
    public T LoadPart<T>(string name) where T : class => Load<T>(_archive, ModelArchive.Join(_folder, name), Environment);

    /// <summary>The content of an entry beside this component's own.</summary>
    public Stream OpenEntry(string name) => _archive.OpenOrNull(ModelArchive.Join(_folder, name)) ?? throw Corrupt();

    public static T Load<T>(ModelArchiveReader archive, string folder, IHostEnvironment environment) where T : class =>
        LoadOrNull<T>(archive, folder, environment) ?? throw Corrupt();

    /// <summary>The component in that folder of the archive; null where the folder holds none.</summary>
    public static T LoadOrNull<T>(ModelArchiveReader archive, string folder, IHostEnvironment environment) where T : class
    {
        using var stream = archive.OpenOrNull(ModelArchive.Join(folder, ModelArchive.ModelEntry));
        if (stream == null) return null;
        using var reader = new ModelReader(stream, archive, folder, environment);
        if (reader.ReadUInt32() != ModelArchive.Mark) throw Corrupt();
        string name = reader.ReadString();
        return LoaderRegistry.Find(name) is { } load && Call(load, reader) is T model
            ? model
            : throw new FormatException($"Couldn't load model: '{folder}'");
    }

    // Components are made by reflection in the real package, so whatever goes wrong in one arrives wrapped, once a level.
    private static ICanSaveModel Call(Func<ModelReader, ICanSaveModel> load, ModelReader reader)
    {
        try
        {
            return load(reader);
        }
        catch (Exception e)
        {
            throw new TargetInvocationException(e);
        }
    }

    private static FormatException Corrupt() => new("Corrupt model file");
}
