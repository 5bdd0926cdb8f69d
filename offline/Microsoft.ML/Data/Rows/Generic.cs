using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a generic method with type arguments that are known at run time only.</summary>
internal static class Generic
{
    /// <summary>
    /// Calls the generic method behind <paramref name="sample"/> (any instantiation of it) with other type arguments.
    /// Errors come as they were thrown.
    /// </summary>
    public static TResult Invoke<TResult>(Delegate sample, Type[] types, params object[] args) =>
        (TResult)sample.Method.GetGenericMethodDefinition().MakeGenericMethod(types)
            .Invoke(sample.Target, BindingFlags.DoNotWrapExceptions, null, args, null);

    public static TResult Invoke<TResult>(Delegate sample, Type type, params object[] args) => Invoke<TResult>(sample, [type], args);
}
