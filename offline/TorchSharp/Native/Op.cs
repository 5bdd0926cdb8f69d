using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Calls a libtorch operator by its name and overload. Arguments go by position; those left out take the schema's defaults.
/// Tensors that come back belong to the current dispose scope.
/// </summary>
[SkipLocalsInit]
internal static unsafe class Op
{
    // Names are literals, hence one object each: comparing references is enough, and a miss only looks the operator up again.
    private readonly struct Key(string name, string overload) : IEquatable<Key>
    {
        private readonly string name = name, overload = overload;
        public bool Equals(Key other) => ReferenceEquals(name, other.name) && ReferenceEquals(overload, other.overload);
        public override bool Equals(object? obj) => obj is Key other && Equals(other);
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(name) * 31 + RuntimeHelpers.GetHashCode(overload);
    }

    private const int StackScratch = 128;
    private static readonly ConcurrentDictionary<Key, nint> handles = new();

    internal static Tensor T(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        NativeValue result = default;
        Invoke(name, overload, args, new Span<NativeValue>(ref result));
        return Own(result);
    }

    internal static (Tensor, Tensor) T2(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        Span<NativeValue> results = stackalloc NativeValue[2];
        Invoke(name, overload, args, results);
        return (Own(results[0]), Own(results[1]));
    }

    internal static (Tensor, Tensor, Tensor) T3(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        Span<NativeValue> results = stackalloc NativeValue[3];
        Invoke(name, overload, args, results);
        return (Own(results[0]), Own(results[1]), Own(results[2]));
    }

    internal static Tensor[] List(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        NativeValue result = default;
        Invoke(name, overload, args, new Span<NativeValue>(ref result));
        var handles = (nint*)result.Bits;
        var list = new Tensor[result.Count];
        for (var i = 0; i < list.Length; i++) list[i] = new Tensor(handles[i]);
        Native.ot_free_handles(handles);
        return list;
    }

    /// <summary>For operators whose result, if any, is not wanted.</summary>
    internal static void Void(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        Span<NativeValue> results = stackalloc NativeValue[4];
        var count = Invoke(name, overload, args, results);
        foreach (var result in results[..count])
        {
            if (result.Kind == ValueKind.Tensor && result.Bits != 0) Native.ot_tensor_free((nint)result.Bits);
        }
    }

    /// <summary>For operators that change their first argument: returns that same object.</summary>
    internal static Tensor InPlace(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        Void(name, overload, args);
        return (Tensor)args[0].Reference!;
    }

    internal static long Long(string name, string overload, params ReadOnlySpan<Arg> args) => Number(name, overload, args).Bits;

    internal static bool Bool(string name, string overload, params ReadOnlySpan<Arg> args) => Number(name, overload, args).Bits != 0;

    internal static double Double(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        var result = Number(name, overload, args);
        return result.Kind == ValueKind.Double ? result.Double : result.Bits;
    }

    internal static NativeValue Number(string name, string overload, params ReadOnlySpan<Arg> args)
    {
        NativeValue result = default;
        Invoke(name, overload, args, new Span<NativeValue>(ref result));
        return result;
    }

    // An undefined tensor (an absent gradient, say) is a null reference here.
    private static Tensor Own(NativeValue value) => value.Bits == 0 ? null! : new Tensor((nint)value.Bits);

    private static int Invoke(string name, string overload, ReadOnlySpan<Arg> args, Span<NativeValue> results)
    {
        if (!handles.TryGetValue(new Key(name, overload), out var op)) op = Find(name, overload);
        var length = 0;
        foreach (ref readonly var arg in args) length += ScratchLength(arg);
        Span<long> scratch = length == 0 ? [] : length <= StackScratch ? stackalloc long[StackScratch] : new long[length];
        var values = stackalloc NativeValue[args.Length];
        fixed (long* start = scratch)
        fixed (NativeValue* target = results)
        {
            var next = start;
            for (var i = 0; i < args.Length; i++) Convert(args[i], ref values[i], ref next);
            long count = results.Length;
            var error = Native.ot_call(op, values, args.Length, target, &count);
            foreach (ref readonly var arg in args) GC.KeepAlive(arg.Reference);
            Native.Check(error);
            return (int)count;
        }
    }

    private static int ScratchLength(in Arg arg) => arg.Kind switch
    {
        ValueKind.Ints => ((long[])arg.Reference!).Length,
        ValueKind.Doubles => ((double[])arg.Reference!).Length,
        ValueKind.Tensors => ((Tensor?[])arg.Reference!).Length,
        ValueKind.Text => Encoding.UTF8.GetByteCount((string)arg.Reference!) / sizeof(long) + 1,
        _ => 0,
    };

    // Lists are copied into the scratch memory, which stays where it is during the call.
    private static void Convert(in Arg arg, ref NativeValue value, ref long* next)
    {
        value.Kind = arg.Kind;
        value.Bits = arg.Bits;
        switch (arg.Kind)
        {
            case ValueKind.Tensor:
                value.Bits = ((Tensor)arg.Reference!).Handle;
                break;
            case ValueKind.Generator:
                value.Bits = ((Generator)arg.Reference!).Handle;
                break;
            case ValueKind.Device:
                var device = (Device)arg.Reference!;
                (value.Bits, value.Count) = ((long)device.type, device.index);
                break;
            case ValueKind.Ints:
                var ints = (long[])arg.Reference!;
                ints.CopyTo(Take(ref value, ref next, ints.Length));
                break;
            case ValueKind.Doubles:
                var doubles = (double[])arg.Reference!;
                doubles.CopyTo(MemoryMarshal.Cast<long, double>(Take(ref value, ref next, doubles.Length)));
                break;
            case ValueKind.Tensors:
                var tensors = (Tensor?[])arg.Reference!;
                var handles = Take(ref value, ref next, tensors.Length);
                for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
                break;
            case ValueKind.Text:
                var text = Take(ref value, ref next, ScratchLength(arg));
                value.Count = Encoding.UTF8.GetBytes((string)arg.Reference!, MemoryMarshal.AsBytes(text));
                break;
        }
    }

    private static Span<long> Take(ref NativeValue value, ref long* next, int length)
    {
        var taken = new Span<long>(next, length);
        (value.Bits, value.Count) = ((long)next, length);
        next += length;
        return taken;
    }

    private static nint Find(string name, string overload)
    {
        var full = Encoding.UTF8.GetBytes((name.Contains("::") ? name : "aten::" + name) + "\0");
        var variant = Encoding.UTF8.GetBytes(overload + "\0");
        nint op;
        fixed (byte* n = full)
        fixed (byte* v = variant) Native.Check(Native.ot_find(n, v, &op));
        handles[new Key(name, overload)] = op;
        return op;
    }
}
