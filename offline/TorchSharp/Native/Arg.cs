using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One argument of an operator. Null is None, which the schema reads as absent.</summary>
internal readonly struct Arg
{
    internal readonly object? Reference;
    internal readonly long Bits;
    internal readonly ValueKind Kind;

    private Arg(ValueKind kind, long bits) => (Kind, Bits) = (kind, bits);
    private Arg(ValueKind kind, object? reference) => (Kind, Reference) = (reference is null ? ValueKind.None : kind, reference);

    internal static Arg None => default;

    public static implicit operator Arg(Tensor? value) => new(ValueKind.Tensor, value);
    public static implicit operator Arg(long value) => new(ValueKind.Int, value);
    public static implicit operator Arg(long? value) => value is { } v ? v : None;
    public static implicit operator Arg(int value) => new(ValueKind.Int, value);
    public static implicit operator Arg(int? value) => value is { } v ? v : None;
    public static implicit operator Arg(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(double? value) => value is { } v ? v : None;
    public static implicit operator Arg(bool value) => new(ValueKind.Bool, value ? 1 : 0);
    public static implicit operator Arg(bool? value) => value is { } v ? v : None;
    public static implicit operator Arg(Scalar? value) => value is null ? None : new(value.Kind, value.Bits);
    public static implicit operator Arg(ScalarType value) => new(ValueKind.Int, (long)value);
    public static implicit operator Arg(ScalarType? value) => value is { } v ? v : None;
    public static implicit operator Arg(long[]? value) => new(ValueKind.Ints, value);
    public static implicit operator Arg(double[]? value) => new(ValueKind.Doubles, value);
    public static implicit operator Arg(string? value) => new(ValueKind.Text, value);
    public static implicit operator Arg(Tensor?[]? value) => new(ValueKind.Tensors, value);
    public static implicit operator Arg(Device? value) => new(ValueKind.Device, value);
    public static implicit operator Arg(Generator? value) => new(ValueKind.Generator, value);
}
