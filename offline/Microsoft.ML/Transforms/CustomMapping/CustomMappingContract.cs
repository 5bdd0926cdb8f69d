using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>A saved custom mapping: the contract's name and the assembly that held the function.</summary>
internal static class CustomMappingContract
{
    public const string LoaderName = "CustomTransformer";

    public static void Write(ModelWriter writer, string contractName, Assembly assembly)
    {
        writer.Write(contractName);
        writer.Write(assembly.FullName);
    }

    public static ITransformer Load(ModelReader reader)
    {
        string contract = reader.ReadString();
        var catalog = reader.Environment.ComponentCatalog;
        catalog.RegisterAssembly(Assembly.Load(reader.ReadString()));
        var attribute = typeof(CustomMappingFactoryAttributeAttribute);
        var type = catalog.Assemblies.SelectMany(LoadableTypes)
            .LastOrDefault(t => t.GetCustomAttribute<CustomMappingFactoryAttributeAttribute>()?.ContractName == contract)
            ?? throw new InvalidOperationException($"Unable to locate an extension for the contract '{contract}'. Ensure you have called "
                + $"{nameof(ComponentCatalog)}.{nameof(ComponentCatalog.RegisterAssembly)} with the Assembly that contains a class decorated with a '{attribute.FullName}'.");
        return Activator.CreateInstance(type) is ICustomMappingFactory factory
            ? factory.CreateTransformer(contract)
            : throw new InvalidOperationException($"The class with contract '{contract}' must derive from '{typeof(CustomMappingFactory<,>).FullName}'"
                + " or from 'Microsoft.ML.Transforms.StatefulCustomMappingFactory`3'.");
    }

    private static IEnumerable<Type> LoadableTypes(Assembly assembly) => assembly.GetTypes().Where(t => t.IsClass && !t.IsAbstract);
}
