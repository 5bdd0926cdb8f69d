namespace Microsoft.ML.Trainers;

/// <summary>
/// Limited-memory BFGS (Nocedal 1980) for smooth functions, and its orthant-wise variant (Andrew and Gao 2007)
/// where an L1 term or a sign constraint makes a corner at zero.
/// </summary>
internal sealed class Lbfgs
{
    private const double Decrease = 1e-4, Forgetting = 0.25;
    private const int Halvings = 40;

    private LbfgsHistory _history;

    public int HistorySize { get; init; }

    /// <summary>The search ends where the recent steps' weighted mean improvement falls below this.</summary>
    public double Tolerance { get; init; }

    public int MaximumNumberOfIterations { get; init; }

    /// <summary>How many parameters, from the first on, are neither penalized nor constrained.</summary>
    public int FreeCount { get; init; }

    public float L1 { get; init; }

    public bool NonNegative { get; init; }

    /// <param name="smooth">Value and gradient of the function without its L1 term.</param>
    /// <param name="start">Where to start; not changed.</param>
    public float[] Minimize(Func<float[], float[], double> smooth, float[] start)
    {
        _history = new LbfgsHistory(HistorySize);
        float[] x = (float[])start.Clone();
        if (NonNegative) Clip(x);
        float[] gradient = new float[x.Length], nextGradient = new float[x.Length], next = new float[x.Length];
        double value = smooth(x, gradient) + Penalty(x), mean = 0;
        for (int iteration = 1; iteration <= MaximumNumberOfIterations; iteration++)
        {
            var slopes = Slopes(x, gradient);
            var direction = Direction(slopes);
            double step = _history.IsEmpty ? 1 / Math.Sqrt(LbfgsHistory.Dot(slopes, slopes)) : 1;
            double nextValue = Search(smooth, x, value, slopes, direction, step, next, nextGradient);
            if (!(nextValue < value))
            {
                if (_history.IsEmpty) break;
                // A bad memory of the curvature: once more along the gradient.
                _history.Clear();
                continue;
            }
            _history.Add(x, next, gradient, nextGradient);
            mean = value - nextValue + Forgetting * mean;
            (x, next, gradient, nextGradient, value) = (next, x, nextGradient, gradient, nextValue);
            if (mean * (1 - Forgetting) / (1 - Math.Pow(Forgetting, iteration)) < Tolerance) break;
        }
        return x;
    }

    /// <summary>The gradient of the whole function; at a corner its steepest one-sided slope, zero where no side leads down.</summary>
    private float[] Slopes(float[] x, float[] gradient)
    {
        var slopes = (float[])gradient.Clone();
        for (int i = FreeCount; i < x.Length; i++)
        {
            if (x[i] != 0) slopes[i] += x[i] > 0 ? L1 : -L1;
            else if (gradient[i] + L1 < 0) slopes[i] += L1;
            else if (gradient[i] - L1 > 0 && !NonNegative) slopes[i] -= L1;
            else if (L1 > 0 || NonNegative) slopes[i] = 0;
        }
        return slopes;
    }

    private float[] Direction(float[] slopes)
    {
        var direction = _history.Apply(slopes);
        bool corners = L1 > 0 || NonNegative;
        for (int i = 0; i < direction.Length; i++)
            direction[i] = corners && i >= FreeCount && direction[i] * slopes[i] <= 0 ? 0 : -direction[i];
        return direction;
    }

    /// <summary>Halves the step until the value falls enough; NaN if it never does.</summary>
    private double Search(Func<float[], float[], double> smooth, float[] x, double value, float[] slopes, float[] direction, double step, float[] next, float[] nextGradient)
    {
        for (int i = 0; i < Halvings; i++, step /= 2)
        {
            Move(x, slopes, direction, (float)step, next);
            double expected = 0;
            for (int k = 0; k < x.Length; k++) expected += slopes[k] * (double)(next[k] - x[k]);
            if (!(expected < 0)) continue;
            double nextValue = smooth(next, nextGradient) + Penalty(next);
            if (nextValue <= value + Decrease * expected) return nextValue;
        }
        return double.NaN;
    }

    /// <summary>A step that stops at zero where it would cross a corner.</summary>
    private void Move(float[] x, float[] slopes, float[] direction, float step, float[] next)
    {
        for (int i = 0; i < x.Length; i++)
        {
            next[i] = x[i] + step * direction[i];
            if (i < FreeCount || L1 == 0) continue;
            float side = x[i] != 0 ? x[i] : -slopes[i];
            if (next[i] * side <= 0) next[i] = 0;
        }
        if (NonNegative) Clip(next);
    }

    private void Clip(float[] x)
    {
        for (int i = FreeCount; i < x.Length; i++) x[i] = float.Max(0, x[i]);
    }

    private double Penalty(float[] x)
    {
        double sum = 0;
        for (int i = FreeCount; i < x.Length && L1 > 0; i++) sum += Math.Abs(x[i]);
        return L1 * sum;
    }
}
