using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Drop("dropout", "dropout_", input, p, training, inplace);

            /// <summary>Whole channels of N×C×L.</summary>
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                using var plane = Op.T("unsqueeze", "", input, -1L);
                using var dropped = dropout2d(plane, p, training, inplace);
                return Op.T("squeeze", "dim", dropped, -1L);
            }

            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => DropChannels(input, p, training, inplace, 4);

            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => DropChannels(input, p, training, inplace, 5);

            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Drop("alpha_dropout", "alpha_dropout_", input, p, training, inplace);

            public static Tensor feature_alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Drop("feature_alpha_dropout", "feature_alpha_dropout_", input, p, training, inplace);

            // An input without a batch dimension is a batch of one.
            private static Tensor DropChannels(Tensor input, double p, bool training, bool inplace, int batched)
            {
                if (input.dim() == batched) return Drop("feature_dropout", "feature_dropout_", input, p, training, inplace);
                using var batch = Op.T("unsqueeze", "", input, 0L);
                using var dropped = Drop("feature_dropout", "feature_dropout_", batch, p, training, inplace);
                return Op.T("squeeze", "dim", dropped, 0L);
            }

            private static Tensor Drop(string op, string inplaceOp, Tensor input, double p, bool training, bool inplace)
            {
                if (p is < 0 or > 1) throw new ExternalException($"dropout probability has to be between 0 and 1, but got {p}");
                return Run(op, inplaceOp, "", inplace, [input, p, training]);
            }
        }
    }
}
