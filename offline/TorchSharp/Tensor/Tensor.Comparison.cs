namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Scalar target) => Op.T("eq", "Scalar", this, target);
        public Tensor eq(Tensor target) => Op.T("eq", "Tensor", this, target);
        public Tensor eq_(Scalar target) => Op.InPlace("eq_", "Scalar", this, target);
        public Tensor eq_(Tensor target) => Op.InPlace("eq_", "Tensor", this, target);
        public Tensor ne(Scalar target) => Op.T("ne", "Scalar", this, target);
        public Tensor ne(Tensor target) => Op.T("ne", "Tensor", this, target);
        public Tensor ne_(Scalar target) => Op.InPlace("ne_", "Scalar", this, target);
        public Tensor ne_(Tensor target) => Op.InPlace("ne_", "Tensor", this, target);
        public Tensor lt(Scalar target) => Op.T("lt", "Scalar", this, target);
        public Tensor lt(Tensor target) => Op.T("lt", "Tensor", this, target);
        public Tensor lt_(Scalar target) => Op.InPlace("lt_", "Scalar", this, target);
        public Tensor lt_(Tensor target) => Op.InPlace("lt_", "Tensor", this, target);
        public Tensor le(Scalar target) => Op.T("le", "Scalar", this, target);
        public Tensor le(Tensor target) => Op.T("le", "Tensor", this, target);
        public Tensor le_(Scalar target) => Op.InPlace("le_", "Scalar", this, target);
        public Tensor le_(Tensor target) => Op.InPlace("le_", "Tensor", this, target);
        public Tensor gt(Scalar target) => Op.T("gt", "Scalar", this, target);
        public Tensor gt(Tensor target) => Op.T("gt", "Tensor", this, target);
        public Tensor gt_(Scalar target) => Op.InPlace("gt_", "Scalar", this, target);
        public Tensor gt_(Tensor target) => Op.InPlace("gt_", "Tensor", this, target);
        public Tensor ge(Scalar target) => Op.T("ge", "Scalar", this, target);
        public Tensor ge(Tensor target) => Op.T("ge", "Tensor", this, target);
        public Tensor ge_(Scalar target) => Op.InPlace("ge_", "Scalar", this, target);
        public Tensor ge_(Tensor target) => Op.InPlace("ge_", "Tensor", this, target);
        public Tensor equal(Tensor target) => eq(target);
        public bool Equals(Tensor target) => target is not null && Op.Bool("equal", "", this, target);
        public Tensor greater(Tensor target) => Op.T("greater", "Tensor", this, target);
        public Tensor greater_equal(Tensor target) => Op.T("greater_equal", "Tensor", this, target);
        public Tensor less(Tensor target) => Op.T("less", "Tensor", this, target);
        public Tensor less_equal(Tensor target) => Op.T("less_equal", "Tensor", this, target);
        public Tensor less_equal_(Tensor target) => Op.InPlace("less_equal_", "Tensor", this, target);
        public Tensor not_equal(Tensor target) => Op.T("not_equal", "Tensor", this, target);
        public Tensor not_equal_(Tensor target) => Op.InPlace("not_equal_", "Tensor", this, target);
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => Op.T("isclose", "", this, other, rtol, atol, nanEqual);
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => Op.Bool("allclose", "", this, target, rtol, atol, equal_nan);
        public Tensor isnan() => Op.T("isnan", "", this);
        public Tensor isinf() => Op.T("isinf", "", this);
        public Tensor isfinite() => Op.T("isfinite", "", this);
        public Tensor isposinf() => Op.T("isposinf", "", this);
        public Tensor isneginf() => Op.T("isneginf", "", this);
        public Tensor isreal() => Op.T("isreal", "", this);
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) => Op.T("isin", "Tensor_Tensor", this, test_elements, assumeUnique, invert);
    }
}
