namespace TorchSharp;

public enum TensorStringStyle
{
    Metadata,
    Julia,
    Numpy,
    CSharp,
    Default,
}

public static partial class torch
{
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    private static TensorStringStyle stringStyle = TensorStringStyle.Julia;

    public static TensorStringStyle TensorStringStyle
    {
        get => stringStyle;
        set => stringStyle = value == TensorStringStyle.Default ? throw new ArgumentException("The style cannot be set to 'Default'") : value;
    }

    public static void set_printoptions(TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null, int? maxColumns = null)
    {
        stringStyle = style ?? stringStyle;
        PrintOptions.Float = floatFormat ?? PrintOptions.Float;
        PrintOptions.LineWidth = linewidth ?? PrintOptions.LineWidth;
        PrintOptions.NewLine = newLine ?? PrintOptions.NewLine;
        PrintOptions.MaxRows = maxRows ?? PrintOptions.MaxRows;
        PrintOptions.MaxColumns = maxColumns ?? PrintOptions.MaxColumns;
    }

    public static void set_printoptions(int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null) =>
        set_printoptions(null, $"{(sci_mode ? "E" : "F")}{precision}", linewidth, newLine, maxRows, maxColumns);
}

/// <summary>What <c>torch.set_printoptions</c> sets.</summary>
internal static class PrintOptions
{
    internal static string Float = "g5";
    internal static string NewLine = Environment.NewLine;
    internal static int LineWidth = 100;
    internal static int MaxRows = 6;
    internal static int MaxColumns = 6;
}
