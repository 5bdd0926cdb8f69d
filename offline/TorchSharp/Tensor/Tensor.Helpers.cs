namespace TorchSharp;

public static partial class torch
{
    public enum RoundingMode
    {
        None = 0,
        trunc = 1,
        floor = 2,
    }

    public partial class Tensor
    {
        private static string? Name(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();

        private static Tensor Out(Tensor result, Tensor? @out) => @out is null ? result : @out.copy_(result);

        // libtorch gives an empty tensor for what was not asked; callers get null.
        private static (Tensor, Tensor?, Tensor?) Asked((Tensor, Tensor, Tensor) results, bool inverse, bool counts)
        {
            if (!inverse) results.Item2.Dispose();
            if (!counts) results.Item3.Dispose();
            return (results.Item1, inverse ? results.Item2 : null, counts ? results.Item3 : null);
        }

        private Tensor Like(string op, ScalarType? dtype, Device? device, bool requires_grad)
        {
            var result = Op.T(op, "", this, dtype, Arg.None, Ready(device));
            return requires_grad ? result.requires_grad_() : result;
        }
    }
}
