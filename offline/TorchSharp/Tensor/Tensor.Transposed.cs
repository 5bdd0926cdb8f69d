namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T => Op.T("numpy_T", "", this);

        public Tensor H => Op.T("matrix_H", "", this);

        public Tensor mT => Op.T("mT", "", this);

        public Tensor mH => Op.T("mH", "", this);
    }
}
