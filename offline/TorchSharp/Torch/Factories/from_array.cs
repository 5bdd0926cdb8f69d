namespace TorchSharp;

public static partial class torch
{
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var type = Elements.Dtype(rawArray.GetType().GetElementType()!);
        var tensor = Placed(Shared(rawArray, Lengths(rawArray), type), dtype ?? type, device);
        return Made(tensor, requires_grad, names);
    }

    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        var length = rawArray.LongLength;
        if (offset < 0 || offset >= length) throw new ArgumentException($"invalid value for 'offset': {offset}");
        if (count < 0) count = length - offset;
        if (count > length - offset) throw new IndexOutOfRangeException($"element count is too large: {count}");
        var type = Elements.Dtype(rawArray.GetType().GetElementType()!);
        return Made(Placed(Shared(rawArray, [count], type, offset), dtype, null), requires_grad, null);
    }

    private static Tensor Placed(Tensor tensor, ScalarType dtype, Device? device)
    {
        if (tensor.dtype != dtype) tensor = tensor.to(dtype, disposeAfter: true);
        return Placed(device) is { } place && place.type != DeviceType.CPU ? tensor.to(place, disposeAfter: true) : tensor;
    }
}
