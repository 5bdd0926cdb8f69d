namespace Microsoft.ML.Trainers;

/// <summary>The last steps and what they did to the gradient: an approximate inverse Hessian.</summary>
internal sealed class LbfgsHistory(int size)
{
    private readonly List<(float[] Step, float[] Change, double Product)> _pairs = [];

    public bool IsEmpty => _pairs.Count == 0;

    public void Clear() => _pairs.Clear();

    public void Add(float[] x, float[] next, float[] gradient, float[] nextGradient)
    {
        var step = Difference(next, x);
        var change = Difference(nextGradient, gradient);
        double product = Dot(step, change);
        // Curvature that is not positive says nothing of a minimum.
        if (product <= 1e-12 * Dot(change, change)) return;
        if (_pairs.Count == size) _pairs.RemoveAt(0);
        _pairs.Add((step, change, product));
    }

    /// <summary>The inverse Hessian times a vector, by the two-loop recursion.</summary>
    public float[] Apply(float[] vector)
    {
        var result = (float[])vector.Clone();
        if (IsEmpty) return result;
        var factors = new double[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            factors[i] = Dot(_pairs[i].Step, result) / _pairs[i].Product;
            AddTimes(result, _pairs[i].Change, -factors[i]);
        }
        var last = _pairs[^1];
        float scale = (float)(last.Product / Dot(last.Change, last.Change));
        for (int i = 0; i < result.Length; i++) result[i] *= scale;
        for (int i = 0; i < _pairs.Count; i++)
            AddTimes(result, _pairs[i].Step, factors[i] - Dot(_pairs[i].Change, result) / _pairs[i].Product);
        return result;
    }

    public static double Dot(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }

    private static float[] Difference(float[] a, float[] b)
    {
        var result = new float[a.Length];
        for (int i = 0; i < a.Length; i++) result[i] = a[i] - b[i];
        return result;
    }

    private static void AddTimes(float[] to, float[] what, double factor)
    {
        for (int i = 0; i < to.Length; i++) to[i] += (float)(factor * what[i]);
    }
}
