using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class InputOutputColumnPair
{
    public InputOutputColumnPair(string outputColumnName, string inputColumnName = null)
    {
        OutputColumnName = Check.NotEmpty(outputColumnName, nameof(outputColumnName));
        InputColumnName = inputColumnName ?? outputColumnName;
    }

    public string InputColumnName { get; }

    public string OutputColumnName { get; }
}

/// <summary>Checks of the (output, input) names that estimators take.</summary>
internal static class ColumnNames
{
    public static (string Output, string Input)[] Of(string output, string input) => [(output, input ?? output)];

    public static (string Output, string Input)[] Of(InputOutputColumnPair[] columns) =>
        Array.ConvertAll(Check.NotNull(columns, nameof(columns)), pair => (pair.OutputColumnName, pair.InputColumnName));

    public static (string Output, string Input)[] Checked((string Output, string Input)[] columns)
    {
        Check.Param(columns is { Length: > 0 }, nameof(columns), "columns cannot be null or empty");
        var seen = new HashSet<string>();
        foreach (var (output, input) in columns)
        {
            Check.NotEmpty(input, nameof(columns));
            Check.NotEmpty(output, nameof(columns));
            Check.Param(seen.Add(output), nameof(columns), $"Name of the result column '{output}' specified multiple times");
        }
        return columns;
    }
}
