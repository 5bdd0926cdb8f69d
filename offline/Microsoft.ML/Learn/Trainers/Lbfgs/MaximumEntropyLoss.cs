using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>
/// The mean negative log-likelihood of a softmax over linear scores, plus half the L2 weight times the squared
/// weights, over the sum of the rows' weights. Parameters: a bias for each class, then each class's weights.
/// </summary>
internal sealed class MaximumEntropyLoss(IReadOnlyList<(VBuffer<float> Features, int Label, float Weight)> rows, int classes, int features, float l2)
{
    private readonly double _total = rows.Sum(row => (double)row.Weight);

    public double Evaluate(float[] parameters, float[] gradient)
    {
        Array.Clear(gradient);
        double loss = Likelihood(parameters, gradient);
        for (int i = classes; i < parameters.Length; i++)
        {
            loss += 0.5 * l2 * parameters[i] * parameters[i];
            gradient[i] += l2 * parameters[i];
        }
        float scale = (float)(1 / _total);
        for (int i = 0; i < gradient.Length; i++) gradient[i] *= scale;
        return loss / _total;
    }

    /// <summary>Deviances of the fitted model and of one that knows the classes' shares alone.</summary>
    public ModelStatisticsBase Statistics(float[] parameters)
    {
        double deviance = 2 * Likelihood(parameters, new float[parameters.Length]);
        double nullDeviance = -2 * rows.GroupBy(row => row.Label, row => (double)row.Weight)
            .Sum(label => label.Sum() * Math.Log(label.Sum() / _total));
        int used = classes + parameters.AsSpan(classes).Length - parameters.AsSpan(classes).Count(0f);
        return new ModelStatisticsBase(rows.Count, used, (float)deviance, (float)nullDeviance);
    }

    /// <summary>The rows' weighted loss; its gradient is added to <paramref name="gradient"/>.</summary>
    private double Likelihood(float[] parameters, float[] gradient)
    {
        double loss = 0;
        var scores = new float[classes];
        foreach (var (row, label, weight) in rows)
        {
            for (int c = 0; c < classes; c++) scores[c] = parameters[c] + Linear.Dot(row, WeightsOf(parameters, c));
            double logSum = Linear.Softmax(scores, out double own, label);
            loss += weight * (logSum - own);
            for (int c = 0; c < classes; c++)
            {
                float slope = weight * (scores[c] - (c == label ? 1 : 0));
                gradient[c] += slope;
                Linear.AddTimes(row, slope, WeightsOf(gradient, c));
            }
        }
        return loss;
    }

    private Span<float> WeightsOf(float[] parameters, int @class) => parameters.AsSpan(classes + @class * features, features);
}
