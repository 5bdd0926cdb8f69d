namespace Microsoft.ML.Data;

/// <summary>Column getters over a function that reads a member: arrays become vectors, strings text, numbers keys.</summary>
internal static class MemberGetters
{
    /// <summary>A getter of a column of <paramref name="type"/> whose values <paramref name="read"/> yields as the member holds them.</summary>
    public static Delegate Make<T>(DataViewType type, Func<T> read)
    {
        if (read is Func<string> text) return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = text().AsMemory());
        if (read is Func<string[]> texts) return Texts(texts);
        if (typeof(T).IsArray) return Generic.Invoke<Delegate>(Array<int>, typeof(T).GetElementType(), read);
        if (type is VectorDataViewType vector) return Generic.Invoke<Delegate>(Buffer<int>, vector.ItemType.RawType, read);
        if (type is KeyDataViewType key) return Key(key, read);
        return (ValueGetter<T>)((ref T value) => value = read());
    }

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> Texts(Func<string[]> read) => (ref VBuffer<ReadOnlyMemory<char>> destination) =>
    {
        string[] values = read() ?? [];
        var editor = VBufferEditor.Create(ref destination, values.Length);
        for (int i = 0; i < values.Length; i++) editor.Values[i] = values[i].AsMemory();
        destination = editor.Commit();
    };

    private static Delegate Array<T>(Func<T[]> read) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
    {
        T[] values = read();
        VBuffer<T>.Copy(values, 0, ref destination, values?.Length ?? 0);
    });

    private static Delegate Buffer<T>(Func<VBuffer<T>> read) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) => read().CopyTo(ref destination));

    /// <summary>Members hold keys from 0; columns hold them from 1, with 0 for a missing one.</summary>
    private static Delegate Key<T>(KeyDataViewType type, Func<T> read)
    {
        ulong count = type.Count;
        return read switch
        {
            Func<uint> r => (ValueGetter<uint>)((ref uint key) => key = r() is var v && v < count ? v + 1 : 0),
            Func<ulong> r => (ValueGetter<ulong>)((ref ulong key) => key = r() is var v && v < count ? v + 1 : 0),
            Func<ushort> r => (ValueGetter<ushort>)((ref ushort key) => key = r() is var v && v < count ? (ushort)(v + 1) : (ushort)0),
            Func<byte> r => (ValueGetter<byte>)((ref byte key) => key = r() is var v && v < count ? (byte)(v + 1) : (byte)0),
            _ => throw new InvalidOperationException($"A key cannot be held by {typeof(T)}"),
        };
    }
}
