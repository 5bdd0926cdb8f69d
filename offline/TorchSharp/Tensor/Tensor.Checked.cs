using System.Runtime.CompilerServices;

namespace TorchSharp;

// Members whose arguments are looked at before libtorch sees them: these errors are ArgumentExceptions.
public static partial class torch
{
    public partial class Tensor
    {
        public Tensor where(Tensor condition, Tensor y)
        {
            Need(condition.dtype == ScalarType.Bool, "The condition to 'where' must be a boolean tensor.");
            return Op.T("where", "self", condition, this, y);
        }

        public Tensor masked_select(Tensor mask)
        {
            Need(mask.dtype == ScalarType.Bool, "The mask tensor must be Boolean.");
            return Op.T("masked_select", "", this, mask);
        }

        public Tensor unflatten(long dim, params long[] sizes)
        {
            Need(dim >= 0 && dim < ndim, $"Invalid 'dim' argument: {dim}.");
            Need(sizes.Length > 0, "There are no output sizes.");
            return Op.T("unflatten", "int", this, dim, sizes);
        }

        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        public Tensor positive()
        {
            Need(dtype != ScalarType.Bool, "A boolean tensor has no sign.");
            return Op.T("positive", "", this);
        }

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            n == 1 ? Op.T("diff", "", this, n, dim, prepend, append) : throw new NotImplementedException("Tensor.diff with n != 1");

        public Tensor trace()
        {
            Need(ndim == 2, $"A trace is of a matrix; this tensor has {ndim} dimensions.");
            return Op.T("trace", "", this);
        }

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1)
        {
            Need(dim1 != dim2, $"Diagonal dimensions cannot be identical {dim1}, {dim2}");
            return Op.T("diagonal", "", this, offset, dim1, dim2);
        }

        public Tensor lcm(Tensor other)
        {
            Need(is_integral() && other.is_integral(), "Arguments to 'lcm' must have integer element types.");
            return Op.T("lcm", "", this, other);
        }

        public Tensor lcm_(Tensor other)
        {
            Need(is_integral() && other.is_integral(), "Arguments to 'lcm' must have integer element types.");
            return Op.InPlace("lcm_", "", this, other);
        }

        public Tensor slice(long dim, long start, long finish, long step)
        {
            Need(step >= 1, $"step is {step}, but it should always be positive.");
            return Op.T("slice", "Tensor", this, dim, start, finish, step);
        }

        public Tensor vander(long N = -1, bool increasing = false)
        {
            if (ndim != 1) throw new InvalidOperationException("Input argument for 'vander()' must be 1-D.");
            return Op.T("vander", "", this, N == -1 ? NumberOfElements : N, increasing);
        }

        public bool is_nonzero()
        {
            if (NumberOfElements != 1) throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");
            return Op.Bool("is_nonzero", "", this);
        }

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Op.T("index_add", "", this, dim, Int64(index), source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Op.InPlace("index_add_", "", this, dim, Int64(index), source, alpha);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Op.T("index_copy", "", this, dim, Int64(index), source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Op.InPlace("index_copy_", "", this, dim, Int64(index), source);

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Op.T("index_fill", "int_Scalar", this, dim, Int64(index), value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Op.InPlace("index_fill_", "int_Scalar", this, dim, Int64(index), value);

        private static Tensor Int64(Tensor index, [CallerMemberName] string member = "")
        {
            Need(index.dtype == ScalarType.Int64, $"Element type of 'index' must be 'Int64' in '{member}'.");
            return index;
        }

        private static void Need(bool condition, string message)
        {
            if (!condition) throw new ArgumentException(message);
        }
    }
}
