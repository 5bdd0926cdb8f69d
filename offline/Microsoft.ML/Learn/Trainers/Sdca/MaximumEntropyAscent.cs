using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Proximal stochastic dual coordinate ascent (Shalev-Shwartz and Zhang 2013, their option III) for the softmax loss.
/// Each row holds a distribution over the classes; a visit moves it towards the model's, as far as the duality gap allows.
/// The bias is the weight of a feature that is always one.
/// </summary>
internal sealed class MaximumEntropyAscent(IReadOnlyList<(VBuffer<float> Features, int Label, float Weight)> rows, int classes, int features)
{
    // Parameters as the model holds them, before and after the soft threshold of the L1 term.
    private readonly float[] _sums = new float[classes * (features + 1)];
    private readonly float[] _weights = new float[classes * (features + 1)];
    private readonly float[][] _shares = [.. rows.Select(row => Certain(row.Label, classes))];
    private readonly double[] _norms = [.. rows.Select(row => 1 + row.Features.Items().Sum(item => (double)item.Value * item.Value))];

    public float L2 { get; init; }

    public float L1 { get; init; }

    public float Tolerance { get; init; }

    public int Passes { get; init; }

    /// <summary>After how many passes the gap is compared with the tolerance; never, if not positive.</summary>
    public int CheckEvery { get; init; }

    /// <summary>Draws the rows' order; null keeps theirs.</summary>
    public Random Order { get; init; }

    /// <summary>The biases, then each class's weights.</summary>
    public float[] Run()
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        for (int pass = 1; pass <= Passes; pass++)
        {
            Order?.Shuffle(order);
            double gap = 0, loss = 0;
            foreach (int i in order)
            {
                var (rowGap, rowLoss) = Visit(i);
                gap += rows[i].Weight * rowGap;
                loss += rows[i].Weight * rowLoss;
            }
            if (CheckEvery > 0 && pass % CheckEvery == 0 && gap < Tolerance * loss) break;
        }
        return _weights;
    }

    private (double Gap, double Loss) Visit(int i)
    {
        var (row, label, weight) = rows[i];
        var share = _shares[i];
        var model = new float[classes];
        for (int c = 0; c < classes; c++) model[c] = _weights[c] + Linear.Dot(row, WeightsOf(_weights, c));
        var scores = (float[])model.Clone();
        double logSum = Linear.Softmax(model, out double own, label);

        // How far the row's distribution is from the best one for these scores (Fenchel's inequality).
        double gap = logSum, distance = 0;
        for (int c = 0; c < classes; c++)
        {
            if (share[c] > 0) gap += share[c] * (Math.Log(share[c]) - scores[c]);
            distance += (model[c] - share[c]) * (double)(model[c] - share[c]);
        }
        if (distance > 0) Move(i, model, Math.Min(1, (gap + distance / 2) / (distance * (1 + Rate(i) * _norms[i]))));
        return (Math.Max(0, gap), logSum - own);
    }

    private double Rate(int i) => rows[i].Weight / (Math.Max(L2, 1e-9) * rows.Count);

    /// <summary>Moves row i's distribution a share of the way to the model's, and the weights with it.</summary>
    private void Move(int i, float[] model, double step)
    {
        var share = _shares[i];
        for (int c = 0; c < classes; c++)
        {
            float change = (float)(step * (model[c] - share[c]));
            share[c] += change;
            float pull = (float)(-change * Rate(i));
            _sums[c] += pull;
            Linear.AddTimes(rows[i].Features, pull, WeightsOf(_sums, c));
            _weights[c] = _sums[c];
            Threshold(WeightsOf(_sums, c), WeightsOf(_weights, c));
        }
    }

    private void Threshold(ReadOnlySpan<float> sums, Span<float> weights)
    {
        if (L1 == 0) sums.CopyTo(weights);
        else
            for (int k = 0; k < sums.Length; k++) weights[k] = float.CopySign(float.Max(0, float.Abs(sums[k]) - L1), sums[k]);
    }

    private Span<float> WeightsOf(float[] parameters, int @class) => parameters.AsSpan(classes + @class * features, features);

    private static float[] Certain(int label, int classes)
    {
        var share = new float[classes];
        share[label] = 1;
        return share;
    }
}
