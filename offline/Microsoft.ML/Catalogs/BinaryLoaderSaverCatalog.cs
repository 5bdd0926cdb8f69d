using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public static class BinaryLoaderSaverCatalog
{
    public static IDataView LoadFromBinary(this DataOperationsCatalog catalog, IMultiStreamSource fileSource) => new BinaryView(fileSource);

    public static IDataView LoadFromBinary(this DataOperationsCatalog catalog, string path)
    {
        Check.NotEmpty(path, nameof(path));
        Check.Param(File.Exists(path), nameof(path), $"File does not exist at path: {path}");
        return new BinaryView(new MultiFileSource(path));
    }

    public static void SaveAsBinary(this DataOperationsCatalog catalog, IDataView data, Stream stream, bool keepHidden = false)
    {
        Check.NotNull(catalog, nameof(catalog));
        Check.NotNull(data, nameof(data));
        Check.NotNull(stream, nameof(stream));
        BinaryView.Save(data, stream, keepHidden);
    }
}
