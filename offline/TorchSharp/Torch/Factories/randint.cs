namespace TorchSharp;

public static partial class torch
{
    public static Tensor randint(int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => randint((long)0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => randint((long)low, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => randint((long)0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => randint((long)0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) => randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        var type = dtype ?? ScalarType.Int64;
        CheckRange(low, type, nameof(low));
        CheckRange(high - 1, type, nameof(high));
        return Made(Op.T("randint", "low_generator", low, high, size.Shape, generator, type, Arg.None, Placed(device)), requires_grad, names);
    }

    public static bool randint_bool(Generator? generator = null) => Draw(0, 2, generator) == 1;

    public static int randint_int(int high, Generator? generator = null) => randint_int(0, high, generator);

    public static int randint_int(int low, int high, Generator? generator = null) => (int)Draw(low, high, generator);

    public static long randint_long(long high, Generator? generator = null) => randint_long(0, high, generator);

    public static long randint_long(long low, long high, Generator? generator = null) => Draw(low, high, generator);

    public static double rand_float(Generator? generator = null)
    {
        using var value = rand((long[])[], generator: generator);
        return value.item<float>();
    }

    public static double randn_float(Generator? generator = null)
    {
        using var value = randn((long[])[], generator: generator);
        return value.item<float>();
    }

    private static long Draw(long low, long high, Generator? generator)
    {
        using var value = Op.T("randint", "low_generator", low, high, Array.Empty<long>(), generator, ScalarType.Int64);
        return value.item<long>();
    }

    private static void CheckRange(long value, ScalarType dtype, string argument)
    {
        var fits = dtype switch
        {
            ScalarType.Byte => value is >= byte.MinValue and <= byte.MaxValue,
            ScalarType.Int8 => value is >= sbyte.MinValue and <= sbyte.MaxValue,
            ScalarType.Int16 => value is >= short.MinValue and <= short.MaxValue,
            ScalarType.Int32 => value is >= int.MinValue and <= int.MaxValue,
            _ => true,
        };
        if (!fits) throw new ArgumentOutOfRangeException(argument, value, $"The value is outside the range of {dtype}");
    }
}
