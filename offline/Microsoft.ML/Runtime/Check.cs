using System.Runtime.CompilerServices;

namespace Microsoft.ML.Runtime;

/// <summary>Argument and state checks, with the exception types that ML.NET's users know.</summary>
internal static class Check
{
    public static T NotNull<T>(T value, string name) where T : class => value ?? throw new ArgumentNullException(name);

    public static void Param(bool ok, string name)
    {
        if (!ok) throw new ArgumentOutOfRangeException(name);
    }

    public static void Param(bool ok, string name, string message)
    {
        if (!ok) throw Errors.Param(name, message);
    }

    public static string NotEmpty(string value, string name) =>
        string.IsNullOrEmpty(value) ? throw Errors.Param(name, $"{name} cannot be null or empty") : value;

    public static string NotWhiteSpace(string value, string name) =>
        string.IsNullOrWhiteSpace(value) ? throw Errors.Param(name, $"{name} cannot be null or white space") : value;

    public static void That(bool ok)
    {
        if (!ok) throw new InvalidOperationException();
    }

    public static void That(bool ok, string message)
    {
        if (!ok) throw new InvalidOperationException(message);
    }
}
