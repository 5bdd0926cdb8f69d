namespace Microsoft.ML.Runtime;

/// <summary>The errors that many parts throw alike.</summary>
internal static class Errors
{
    public static Exception Param(string name, string message) => new ArgumentOutOfRangeException(name, message);

    public static Exception UserArg(string name, string message) => new ArgumentOutOfRangeException(name, message);

    /// <summary>A column that a component needs and the schema lacks; <paramref name="role"/> is "input", "label", …</summary>
    public static Exception MissingColumn(string role, string column, string parameter = "inputSchema") =>
        Param(parameter, $"Could not find {role} column '{column}'");

    /// <summary>A column whose type a component cannot take.</summary>
    public static Exception WrongColumn(string role, string column, string expected, string actual, string parameter = "inputSchema") =>
        Param(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    /// <summary>A column of the wrong kind where nothing better can be said.</summary>
    public static Exception WrongColumn(string role, string column, string parameter = "inputSchema") =>
        Param(parameter, $"Schema mismatch for {role} column '{column}'");
}
