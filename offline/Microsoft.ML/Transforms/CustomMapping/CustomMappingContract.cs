using System.Reflection;

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
        return catalog.MakeExtension(typeof(CustomMappingFactoryAttributeAttribute), contract) is ICustomMappingFactory factory
            ? factory.CreateTransformer(contract)
            : throw new InvalidOperationException($"The class with contract '{contract}' must derive from '{typeof(CustomMappingFactory<,>).FullName}'"
                + " or from 'Microsoft.ML.Transforms.StatefulCustomMappingFactory`3'.");
    }
}
