namespace TorchSharp;

public static partial class torch
{
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)Op.Long("result_type", "Tensor", tensor1, tensor2);

    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Op.Long("promote_types", "", type1, type2);

    public static bool can_cast(ScalarType from, ScalarType to) => Op.Bool("can_cast", "", from, to);

    public static bool is_nonzero(Tensor input) => input.is_nonzero();

    public static bool is_tensor(object obj) => obj is Tensor;

    public static long numel(Tensor input) => input.numel();

    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        ScalarType.Bool => 1,
        ScalarType.Float16 => 2048,
        ScalarType.Float32 => 16777216,
        ScalarType.Float64 => 9007199254740992,
        _ => throw new ArgumentException($"{type} has no largest integer here."),
    };
}
