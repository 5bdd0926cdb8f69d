using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>The device for a new tensor: none where neither the call nor the program names one.</summary>
    private static Device? Placed(Device? device) => device is null ? defaultDevice : InitializeDevice(device);

    private static Tensor Made(Tensor tensor, bool requires_grad, string[]? names)
    {
        if (names is { Length: > 0 }) throw new NotSupportedException("Named dimensions are not supported.");
        return requires_grad ? tensor.requires_grad_() : tensor;
    }

    /// <summary>A tensor with a copy of the values.</summary>
    private static Tensor Values<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        CheckLength(values.Length, shape);
        var type = Elements.Dtype(typeof(T));
        nint handle;
        fixed (T* data = values)
        fixed (long* sizes = shape)
        {
            Native.Check(Native.ot_tensor_copy_of(data, sizes, shape.Length, (int)type, (int)(dtype ?? type), requires_grad ? (byte)1 : (byte)0, &handle));
        }
        var tensor = new Tensor(handle);
        if (Placed(device) is { } place && place.type != DeviceType.CPU) tensor = tensor.to(place, disposeAfter: true);
        return Made(tensor, false, names);
    }

    private static Tensor Values<T>(T[] values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged =>
        Values(new ReadOnlySpan<T>(values), shape, dtype, device, requires_grad, names);

    /// <summary>A tensor over the array's own memory, which stays pinned as long as libtorch uses it.</summary>
    private static Tensor Shared(Array array, ReadOnlySpan<long> shape, ScalarType type, long offset = 0)
    {
        CheckLength(array.LongLength - offset, shape);
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        nint handle;
        try
        {
            var data = (byte*)pin.AddrOfPinnedObject() + offset * type.ElementSize();
            fixed (long* sizes = shape) Native.Check(Native.ot_tensor_from_blob(data, sizes, shape.Length, (int)type, &Release, GCHandle.ToIntPtr(pin), &handle));
        }
        catch
        {
            pin.Free();
            throw;
        }
        return new Tensor(handle);
    }

    [UnmanagedCallersOnly]
    private static void Release(nint pin) => GCHandle.FromIntPtr(pin).Free();

    private static void CheckLength(long have, ReadOnlySpan<long> shape)
    {
        var want = 1L;
        foreach (var size in shape) want *= size;
        if (want > have) throw new ArgumentException($"mismatched total size creating a tensor from an array: {want} vs. {have}");
    }

    private static void CheckRandom(string function, ScalarType? dtype)
    {
        if (dtype is { } type && is_integral(type))
        {
            throw new ArgumentException($"torch.{function}() was passed a bad dtype: {dtype}. It must be floating point or complex.", nameof(dtype));
        }
    }

    private static ReadOnlySpan<T> Flat<T>(Array array) where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private static long[] Lengths(Array array)
    {
        var lengths = new long[array.Rank];
        for (var d = 0; d < lengths.Length; d++) lengths[d] = array.GetLength(d);
        return lengths;
    }
}
