using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The assemblies that an app lets models take code from.</summary>
public sealed class ComponentCatalog
{
    private readonly List<Assembly> _assemblies = [];

    internal ComponentCatalog() { }

    internal IReadOnlyList<Assembly> Assemblies
    {
        get { lock (_assemblies) return [.. _assemblies]; }
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        Check.NotNull(assembly, nameof(assembly));
        lock (_assemblies)
            if (!_assemblies.Contains(assembly)) _assemblies.Add(assembly);
    }
}
