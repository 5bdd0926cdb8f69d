using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Loading, saving, filtering, splitting.</summary>
public sealed partial class DataOperationsCatalog
{
    internal DataOperationsCatalog(IHostEnvironment environment) => Environment = Check.NotNull(environment, nameof(environment));

    internal IHostEnvironment Environment { get; }
}
