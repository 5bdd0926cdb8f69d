using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The assemblies that an app lets models take code from, and the contracts that their classes fulfil.</summary>
public sealed class ComponentCatalog
{
    private readonly HashSet<string> _assemblies = [];
    private readonly Dictionary<(Type Attribute, string Contract), Type> _extensions = [];

    internal ComponentCatalog() { }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_assemblies)
            if (_assemblies.Add(assembly.FullName) && MayExtend(assembly)) AddExtensions(assembly, throwOnError);
    }

    /// <summary>An instance of the class that fulfils a contract.</summary>
    internal object MakeExtension(Type attribute, string contract)
    {
        Type type;
        lock (_assemblies) type = _extensions.GetValueOrDefault((attribute, contract));
        return type == null
            ? throw new InvalidOperationException($"Unable to locate an extension for the contract '{contract}'. Ensure you have called "
                + $"{nameof(ComponentCatalog)}.{nameof(RegisterAssembly)} with the Assembly that contains a class decorated with a '{attribute.FullName}'.")
            : Activator.CreateInstance(type);
    }

    // Only what refers to this assembly can carry its attributes.
    private static bool MayExtend(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(name => name.Name == typeof(ComponentCatalog).Assembly.GetName().Name);

    private void AddExtensions(Assembly assembly, bool throwOnError)
    {
        foreach (var type in assembly.GetTypes().Where(t => t.IsClass))
            foreach (var extension in type.GetCustomAttributes<ExtensionBaseAttribute>())
            {
                bool added = _extensions.TryAdd((extension.GetType(), extension.ContractName), type);
                Check.That(added || !throwOnError,
                    $"An extension for '{extension.GetType().Name}' with contract '{extension.ContractName}' has already been registered in the ComponentCatalog.");
            }
    }
}
