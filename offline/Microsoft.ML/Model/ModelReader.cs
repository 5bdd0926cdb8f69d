using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Reads one component's own data, in the order in which <see cref="ModelWriter"/> wrote it.</summary>
internal sealed class ModelReader(Stream stream, IHostEnvironment environment) : BinaryReader(stream, Encoding.UTF8, leaveOpen: true)
{
    public IHostEnvironment Environment => environment;

    public string ReadText() => ReadBoolean() ? ReadString() : null;

    public T[] ReadMany<T>(Func<T> read)
    {
        var items = new T[ReadInt32()];
        for (int i = 0; i < items.Length; i++) items[i] = read();
        return items;
    }

    public (string Output, string Input)[] ReadPairs() => ReadMany(() => (ReadString(), ReadString()));
}
