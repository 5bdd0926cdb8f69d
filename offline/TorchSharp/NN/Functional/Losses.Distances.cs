namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                Op.T("cosine_embedding_loss", "", input1, input2, target, margin, (long)reduction);

            public static Tensor margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                Op.T("margin_ranking_loss", "", input1, input2, target, margin, (long)reduction);

            public static Tensor hinge_embedding_loss(Tensor input, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                Op.T("hinge_embedding_loss", "", input, target, margin, (long)reduction);

            public static Tensor triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, double margin = 1.0, long p = 2, double eps = 1e-06, bool swap = false, Reduction reduction = Reduction.Mean) =>
                Op.T("triplet_margin_loss", "", anchor, positive, negative, margin, (double)p, eps, swap, (long)reduction);

            public static Tensor multi_margin_loss(Tensor input, Tensor target, int p = 1, double margin = 1.0, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Op.T("multi_margin_loss", "", input, target, (long)p, margin, weight, (long)reduction);

            public static Tensor multi_label_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Op.T("multilabel_margin_loss", "", input, target, (long)reduction);

            public static Tensor poisson_nll_loss(Tensor input, Tensor target, bool log_input = true, bool full = false, float eps = 1e-8f, Reduction reduction = Reduction.Mean) =>
                Op.T("poisson_nll_loss", "", input, target, log_input, full, (double)eps, (long)reduction);

            /// <summary>Per row, half the sum of log(variance) + (input − target)² / variance.</summary>
            public static Tensor gaussian_nll_loss(Tensor input, Tensor target, Tensor variance, bool full = false, float eps = 1e-6f, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                var rows = input.shape[0];
                var (x, t, v) = (input.view(rows, -1), target.view(rows, -1), variance.view(rows, -1));
                if (v.shape[1] != x.shape[1] && v.shape[1] != 1) throw new ArgumentException("variance has the wrong shape");
                if ((v < 0).any().ToBoolean()) throw new ArgumentException("variance has negative entry/entries");
                using (no_grad()) v = Op.T("clamp_min", "", v, (double)eps);
                var loss = (v.log() + (x - t).square() / v).view(rows, -1).sum(new long[] { 1 }) * 0.5;
                if (full) loss += 0.5 * x.shape[1] * MathF.Log(2 * MathF.PI);
                var result = reduction switch
                {
                    Reduction.Mean => loss.mean(),
                    Reduction.Sum => loss.sum(),
                    _ => loss,
                };
                return result.MoveToOuterDisposeScope();
            }

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-08) => Op.T("cosine_similarity", "", x1, x2, dim, eps);

            public static Tensor pairwise_distance(Tensor input1, Tensor input2, double p = 2.0, double eps = 1e-6, bool keepdim = false) =>
                Op.T("pairwise_distance", "", input1, input2, p, eps, keepdim);
        }
    }
}
