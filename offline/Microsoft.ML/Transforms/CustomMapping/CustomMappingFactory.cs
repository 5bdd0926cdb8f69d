using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms
{
    /// <summary>A class that supplies the function of a custom mapping when a model is loaded.</summary>
    public abstract class CustomMappingFactory<TSrc, TDst> : ICustomMappingFactory where TSrc : class, new() where TDst : class, new()
    {
        protected CustomMappingFactory() { }

        public abstract Action<TSrc, TDst> GetMapping();

        ITransformer ICustomMappingFactory.CreateTransformer(string contractName) =>
            new CustomMappingTransformer<TSrc, TDst>(GetMapping(), contractName, null, null);
    }

    internal interface ICustomMappingFactory
    {
        ITransformer CreateTransformer(string contractName);
    }

    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class CustomMappingFactoryAttributeAttribute : ExtensionBaseAttribute
    {
        public CustomMappingFactoryAttributeAttribute(string contractName) : base(contractName) { }
    }
}

namespace Microsoft.ML
{
    /// <summary>Names the contract that a class fulfils.</summary>
    public abstract class ExtensionBaseAttribute : Attribute
    {
        private protected ExtensionBaseAttribute(string contractName) => ContractName = Check.NotEmpty(contractName, nameof(contractName));

        public string ContractName { get; }
    }
}
