namespace TorchSharp;

public enum compute_mode
{
    use_mm_for_euclid_dist_if_necessary = 0,
    use_mm_for_euclid_dist = 1,
    donot_use_mm_for_euclid_dist = 2,
}

// As with the members of Tensor: what is wrong with these arguments is an ArgumentException.
public static partial class torch
{
    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false)
    {
        if (input.ndim != 1) throw new ArgumentException($"Expected a 1D vector, but got one with {input.ndim} dimensions.");
        if (r < 0) throw new ArgumentException("r must be non-negative");
        return Op.T("combinations", "", input, r, with_replacement);
    }

    public static Size broadcast_shapes(params long[][] shapes)
    {
        using var scope = NewDisposeScope();
        try
        {
            return broadcast_tensors([.. shapes.Select(shape => empty(shape, device: META))])[0].shape;
        }
        catch (System.Runtime.InteropServices.ExternalException)
        {
            throw new ArgumentException("Shape mismatch: objects cannot be broadcast to a single shape");
        }
    }

    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary)
    {
        if (p < 0) throw new ArgumentException("p must be non-negative");
        return Op.T("cdist", "", x1, x2, p, (long)compute_mode);
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
