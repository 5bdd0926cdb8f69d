using System.Collections.Immutable;

namespace Microsoft.ML.Data;

/// <summary>The running sums behind multiclass metrics, one row at a time.</summary>
internal sealed class MulticlassCounts(int classes)
{
    // Certainty of something wrong costs this much, not infinity; single precision, as the scores are.
    private const float LeastProbability = 1e-15f;

    private readonly double[] _rowsOfClass = new double[classes];
    private readonly double[] _lossOfClass = new double[classes];
    private readonly double[] _rowsOfRank = new double[classes + 1];
    private double _rows, _loss;

    /// <summary>Counts by true class (first index) and assigned class.</summary>
    public double[][] Confusion { get; } = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];

    public double MicroAccuracy => _rows > 0 ? _rowsOfRank[0] / _rows : 0;

    /// <summary>The mean accuracy over the classes that have rows.</summary>
    public double MacroAccuracy => Enumerable.Range(0, classes).Where(i => _rowsOfClass[i] > 0)
        .Select(i => Confusion[i][i] / _rowsOfClass[i]).DefaultIfEmpty(0).Average();

    public double LogLoss => _rows > 0 ? _loss / _rows : 0;

    public ImmutableArray<double> PerClassLogLoss =>
        [.. Enumerable.Range(0, classes).Select(i => _rowsOfClass[i] > 0 ? _lossOfClass[i] / _rowsOfClass[i] : 0)];

    /// <summary>How much better the loss is than the entropy of the classes' shares, as a share of that entropy.</summary>
    public double LogLossReduction
    {
        get
        {
            double entropy = _rowsOfClass.Where(n => n != 0).Sum(n => n * Math.Log(n / _rows)) / -_rows;
            return (entropy - LogLoss) / entropy;
        }
    }

    /// <summary>The share of rows whose true class is among the best 1, 2, … <paramref name="k"/> scores.</summary>
    public ImmutableArray<double> TopKAccuracies(int k)
    {
        double sum = 0;
        return [.. _rowsOfRank.Take(k).Select(n => sum += n / _rows)];
    }

    /// <summary>Counts one row; a label at or above the number of scores is a class that the model never saw.</summary>
    public void Add(int label, ReadOnlySpan<float> scores)
    {
        bool known = label < classes;
        float own = known ? scores[label] : 0;
        double loss = -Math.Log(known ? Math.Min(1, Math.Max(LeastProbability, own)) : LeastProbability);

        // Equal scores rank in the order of the classes.
        int rank = 0, assigned = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] > own || scores[i] == own && i < label) rank++;
            if (scores[i] > scores[assigned]) assigned = i;
        }

        _rows++;
        _loss += loss;
        _rowsOfRank[rank]++;
        if (!known) return;
        _rowsOfClass[label]++;
        _lossOfClass[label] += loss;
        Confusion[label][assigned]++;
    }
}
