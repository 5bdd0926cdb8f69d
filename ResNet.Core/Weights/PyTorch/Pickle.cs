using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace ResNet.Core;

/// <summary>
/// Python's pickle machine, cut down to what tensors need (protocols 2 to 4): numbers, texts, tuples, lists, dicts, the
/// memo, and the globals of <see cref="PickledObjects"/>. Nothing in a pickle can run: any other global, and any
/// instruction that would make or change an object otherwise, is refused by name.
/// </summary>
/// <remarks>
/// Each instruction costs a bounded amount of memory, and repeated values are shared, never copied; so what a pickle takes
/// is proportional to its length.
/// </remarks>
internal sealed class Pickle
{
    // A hundred times what the largest published networks need; keeps a hostile file from filling the memory with small objects.
    private const int MostInstructions = 4_000_000;

    private readonly ByteCursor file;
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<long, object?> memo = [];

    private Pickle(ByteCursor file) => this.file = file;

    private Dictionary<string, PickledStorage> Storages { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs one pickle, up to its STOP, and leaves the cursor behind it.</summary>
    public static object? Read(ByteCursor file) => Read(file, out _);

    /// <inheritdoc cref="Read(ByteCursor)"/>
    /// <param name="file">The pickle and what follows it.</param>
    /// <param name="storages">Every storage that it names, by key.</param>
    public static object? Read(ByteCursor file, out IReadOnlyDictionary<string, PickledStorage> storages)
    {
        var pickle = new Pickle(file);
        storages = pickle.Storages;
        return pickle.Run();
    }

    private object? Run()
    {
        for (var count = 0; count < MostInstructions; count++)
        {
            var instruction = file.Byte("a pickle instruction");
            if (instruction == '.')
            {
                return Pop();
            }

            Do(instruction);
        }

        throw file.Invalid($"the pickle has more than {MostInstructions:N0} instructions; no weights need that many.");
    }

    private void Do(byte instruction)
    {
        switch (instruction)
        {
            case 0x80: Protocol(file.Byte("the pickle's protocol")); break;
            case 0x95: file.Skip(8, "a frame's length"); break;

            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'K': Push((long)file.Byte("a number")); break;
            case (byte)'M': Push((long)file.UInt16("a number")); break;
            case (byte)'J': Push((long)file.Int32("a number")); break;
            case 0x8a: Push(Integer(file.Byte("a number's length"))); break;
            case 0x8b: Push(Integer(file.Int32("a number's length"))); break;
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(file.Span(8, "a number"))); break;

            case (byte)'X': Push(file.Text(file.UInt32("a text's length"), "a text")); break;
            case 0x8c: Push(file.Text(file.Byte("a text's length"), "a text")); break;
            case 0x8d: Push(file.Text(file.Int64("a text's length"), "a text")); break;
            case (byte)'U': Push(Encoding.Latin1.GetString(file.Span(file.Byte("a text's length"), "a text"))); break;
            case (byte)'T': Push(Encoding.Latin1.GetString(file.Span(file.Int32("a text's length"), "a text"))); break;
            case (byte)'C': Push(file.Bytes(file.Byte("the length of bytes"), "bytes")); break;
            case (byte)'B': Push(file.Bytes(file.UInt32("the length of bytes"), "bytes")); break;
            case 0x8e: Push(file.Bytes(file.Int64("the length of bytes"), "bytes")); break;

            case (byte)'(': marks.Push(stack.Count); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'2': Push(Top()); break;

            case (byte)'q': memo[file.Byte("a memo index")] = Top(); break;
            case (byte)'r': memo[file.UInt32("a memo index")] = Top(); break;
            case 0x94: memo[memo.Count] = Top(); break;
            case (byte)'h': Push(Remembered(file.Byte("a memo index"))); break;
            case (byte)'j': Push(Remembered(file.UInt32("a memo index"))); break;

            case (byte)')': Push(Array.Empty<object?>()); break;
            case 0x85: Push(PopLast(1)); break;
            case 0x86: Push(PopLast(2)); break;
            case 0x87: Push(PopLast(3)); break;
            case (byte)'t': Push(PopToMark()); break;

            case (byte)']': Push(new List<object?>()); break;
            case (byte)'l': Push(PopToMark().ToList()); break;
            case (byte)'a': Append([Pop()]); break;
            case (byte)'e': Append(PopToMark()); break;

            case (byte)'}': Push(new PickledDict()); break;
            case (byte)'d': SetItems(PopToMark(), new PickledDict()); break;
            case (byte)'s': SetItems(PopLast(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;

            case (byte)'c': Push(PickledObjects.Global(file, file.Line("a module's name"), file.Line("a global's name"))); break;
            case 0x93: StackGlobal(); break;
            case (byte)'R': Push(PickledObjects.Call(file, arguments: Pop(), callable: Pop())); break;
            case (byte)'b': PickledObjects.Build(file, state: Pop(), target: Top()); break;
            case (byte)'Q': Push(Storage(PickledObjects.Persistent(file, Pop()))); break;

            case (byte)'i':
                PickledObjects.Global(file, file.Line("a module's name"), file.Line("a global's name"));
                goto default;
            default:
                throw file.Invalid(
                    $"the pickle has the instruction 0x{instruction:x2} at offset {file.Position - 1}, which no tensor needs; " +
                    "the file is damaged, or holds more than weights.");
        }
    }

    private void Protocol(byte version)
    {
        if (version is < 2 or > 5)
        {
            throw file.Invalid($"the pickle has protocol {version}; supported are 2 to 5.");
        }
    }

    private object Integer(int bytes)
    {
        if (bytes is < 0 or > 255)
        {
            throw file.Invalid($"the pickle has a number of {(uint)bytes} bytes.");
        }

        var value = new BigInteger(file.Span(bytes, "a number"));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    private PickledStorage Storage(PickledStorage storage) =>
        Storages.TryAdd(storage.Key, storage) || Storages[storage.Key].Type == storage.Type
            ? storage
            : throw file.Invalid($"the storage {storage.Key} has two types; the file is damaged.");

    private void StackGlobal()
    {
        var (name, module) = (Pop(), Pop());
        Push(PickledObjects.Global(file, module as string ?? throw Unexpected("a global"), name as string ?? throw Unexpected("a global")));
    }

    private void Append(ReadOnlySpan<object?> items)
    {
        if (Top() is not List<object?> list)
        {
            throw Unexpected("a list");
        }

        list.AddRange(items);
    }

    private void SetItems(object?[] items, PickledDict? into = null)
    {
        if (into is not null)
        {
            Push(into);
        }

        if (Top() is not PickledDict dict || items.Length % 2 != 0)
        {
            throw Unexpected("a dict");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            dict.Items.Add((items[i], items[i + 1]));
        }
    }

    private object? Remembered(long index) =>
        memo.TryGetValue(index, out var value) ? value : throw file.Invalid($"the pickle uses memo {index.ToString(CultureInfo.InvariantCulture)} before it is set.");

    private void Push(object? value) => stack.Add(value);

    private object? Top() => stack.Count > Floor ? stack[^1] : throw Unexpected("a value");

    private object? Pop() => PopLast(1)[0];

    private object?[] PopLast(int count) => stack.Count - count >= Floor ? PopFrom(stack.Count - count) : throw Unexpected("a value");

    private object?[] PopToMark() => marks.TryPop(out var mark) ? PopFrom(mark) : throw Unexpected("a mark");

    private object?[] PopFrom(int start)
    {
        var items = stack.GetRange(start, stack.Count - start).ToArray();
        stack.RemoveRange(start, items.Length);
        return items;
    }

    // Values below the last mark are out of reach until the mark is gone.
    private int Floor => marks.TryPeek(out var mark) ? mark : 0;

    private InvalidDataException Unexpected(string what) =>
        file.Invalid($"the pickle is damaged: the instruction before offset {file.Position} needs {what}.");
}
