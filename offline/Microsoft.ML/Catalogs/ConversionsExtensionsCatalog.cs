using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

using Catalog = Microsoft.ML.TransformsCatalog.ConversionTransforms;

namespace Microsoft.ML;

public static class ConversionsExtensionsCatalog
{
    public static TypeConvertingEstimator ConvertType(this Catalog catalog, string outputColumnName, string inputColumnName = null, DataKind outputKind = DataKind.Single) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName), outputKind);

    public static TypeConvertingEstimator ConvertType(this Catalog catalog, InputOutputColumnPair[] columns, DataKind outputKind = DataKind.Single) =>
        new(catalog.Environment, ColumnNames.Of(columns), outputKind);

    public static HashingEstimator Hash(this Catalog catalog, string outputColumnName, string inputColumnName = null, int numberOfBits = 31, int maximumNumberOfInverts = 0) =>
        new(catalog.Environment, new HashingEstimator.ColumnOptions(outputColumnName, inputColumnName, numberOfBits, maximumNumberOfInverts: maximumNumberOfInverts));

    public static HashingEstimator Hash(this Catalog catalog, params HashingEstimator.ColumnOptions[] columns) => new(catalog.Environment, columns);

    public static KeyToValueMappingEstimator MapKeyToValue(this Catalog catalog, string outputColumnName, string inputColumnName = null) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName));

    public static KeyToValueMappingEstimator MapKeyToValue(this Catalog catalog, InputOutputColumnPair[] columns) =>
        new(catalog.Environment, ColumnNames.Of(columns));

    public static KeyToVectorMappingEstimator MapKeyToVector(this Catalog catalog, string outputColumnName, string inputColumnName = null, bool outputCountVector = false) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName), outputCountVector);

    public static KeyToVectorMappingEstimator MapKeyToVector(this Catalog catalog, InputOutputColumnPair[] columns, bool outputCountVector = false) =>
        new(catalog.Environment, ColumnNames.Of(columns), outputCountVector);

    public static ValueToKeyMappingEstimator MapValueToKey(this Catalog catalog, string outputColumnName, string inputColumnName = null,
        int maximumNumberOfKeys = 1000000, ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false, IDataView keyData = null) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName), maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

    public static ValueToKeyMappingEstimator MapValueToKey(this Catalog catalog, InputOutputColumnPair[] columns,
        int maximumNumberOfKeys = 1000000, ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false, IDataView keyData = null) =>
        new(catalog.Environment, ColumnNames.Of(columns), maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(this Catalog catalog, string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs, string inputColumnName = null, bool treatValuesAsKeyType = false) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName),
            ValueMapFactory.Of(Check.NotNull(keyValuePairs, nameof(keyValuePairs)), treatValuesAsKeyType));

    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(this Catalog catalog, string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType[]>> keyValuePairs, string inputColumnName = null) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName),
            ValueMapFactory.Of(Check.NotNull(keyValuePairs, nameof(keyValuePairs)), valuesAsKeys: false));

    public static ValueMappingEstimator MapValue(this Catalog catalog, string outputColumnName, IDataView lookupMap,
        DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn, string inputColumnName = null) =>
        new(catalog.Environment, ColumnNames.Of(outputColumnName, inputColumnName), ValueMap.Of(Check.NotNull(lookupMap, nameof(lookupMap)), keyColumn, valueColumn));
}
