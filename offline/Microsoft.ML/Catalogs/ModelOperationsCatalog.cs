using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Saving, loading and calling trained models.</summary>
public sealed partial class ModelOperationsCatalog
{
    internal ModelOperationsCatalog(IHostEnvironment environment) => Environment = Check.NotNull(environment, nameof(environment));

    internal IHostEnvironment Environment { get; }
}
