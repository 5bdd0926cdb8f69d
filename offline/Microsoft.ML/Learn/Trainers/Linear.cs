using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>The arithmetic of linear models over dense or sparse rows.</summary>
internal static class Linear
{
    public static float Dot(in VBuffer<float> row, ReadOnlySpan<float> weights)
    {
        var values = row.GetValues();
        float sum = 0;
        if (!row.IsDense)
        {
            var indices = row.GetIndices();
            for (int i = 0; i < indices.Length; i++) sum += values[i] * weights[indices[i]];
            return sum;
        }
        var left = MemoryMarshal.Cast<float, Vector<float>>(values);
        var right = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var sums = Vector<float>.Zero;
        for (int i = 0; i < left.Length; i++) sums += left[i] * right[i];
        sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < values.Length; i++) sum += values[i] * weights[i];
        return sum;
    }

    /// <summary>Adds <paramref name="factor"/> times the row.</summary>
    public static void AddTimes(in VBuffer<float> row, float factor, Span<float> sums)
    {
        var values = row.GetValues();
        if (!row.IsDense)
        {
            var indices = row.GetIndices();
            for (int i = 0; i < indices.Length; i++) sums[indices[i]] += factor * values[i];
            return;
        }
        var source = MemoryMarshal.Cast<float, Vector<float>>(values);
        var target = MemoryMarshal.Cast<float, Vector<float>>(sums);
        for (int i = 0; i < source.Length; i++) target[i] += factor * source[i];
        for (int i = source.Length * Vector<float>.Count; i < values.Length; i++) sums[i] += factor * values[i];
    }

    /// <summary>Turns scores into probabilities; returns the logarithm of the sum of their exponentials, and one score as it was.</summary>
    public static double Softmax(Span<float> scores, out double own, int index = 0)
    {
        own = scores[index];
        float highest = float.NegativeInfinity;
        foreach (float score in scores) highest = float.Max(highest, score);
        double sum = 0;
        foreach (float score in scores) sum += Math.Exp(score - highest);
        double logSum = highest + Math.Log(sum);
        for (int i = 0; i < scores.Length; i++) scores[i] = (float)Math.Exp(scores[i] - logSum);
        return logSum;
    }
}
