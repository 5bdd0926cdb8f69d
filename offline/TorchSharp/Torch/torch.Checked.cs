namespace TorchSharp;

// As with the members of Tensor: what is wrong with these arguments is an ArgumentException.
public static partial class torch
{
    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false)
    {
        if (input.ndim != 1) throw new ArgumentException($"Expected a 1D vector, but got one with {input.ndim} dimensions.");
        if (r < 0) throw new ArgumentException("r must be non-negative");
        return Op.T("combinations", "", input, r, with_replacement);
    }

    private static Tensor Cat(Tensor[] tensors, long dim) => tensors.Length switch
    {
        0 => throw new ArgumentException("There is nothing to concatenate.", nameof(tensors)),
        1 => tensors[0].alias(),
        _ => Op.T("cat", "", tensors, dim),
    };

    private static Tensor[] Where(Tensor condition) => condition.dtype == ScalarType.Bool
        ? Op.List("where", "", condition)
        : throw new ArgumentException("The condition to 'where' must be a boolean tensor.", nameof(condition));
}
