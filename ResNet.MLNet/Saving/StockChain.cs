using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using ResNet.Core;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Saving;

/// <summary>
/// The transformers of ML.NET's own packages that do what the model does: pixels out of images, the ONNX file, and the class
/// index as a key. They are what a model.zip holds, so that it loads in any app.
/// </summary>
internal static class StockChain
{
    /// <summary>Builds the chain around an ONNX file, which must stay until the chain has been saved.</summary>
    public static TransformerChain<ITransformer> Around(MLContext ml, string onnx, SavedColumns columns, LabelColumn label)
    {
        var transformers = new List<ITransformer>();
        IDataView view = new EmptyView(columns.InputSchema());
        try
        {
            if (columns.IsImage) Add(ml.Transforms.ExtractPixels(SavedColumns.Pixels, columns.Feature));
            var isOneClass = columns.Activation == OutputActivation.Softmax;
            string[] helpers = isOneClass ? [SavedColumns.ClassIndex, SavedColumns.Hash] : [];
            Add(ml.Transforms.ApplyOnnxModel(
                isOneClass ? [.. columns.Outputs, SavedColumns.ClassIndex] : columns.Outputs, [columns.IsImage ? SavedColumns.Pixels : columns.Feature], onnx));
            if (isOneClass)
            {
                var (hash, keys) = Classes(ml, label);
                Add(hash);
                Add(ml.Transforms.Conversion.MapValue(
                    columns.PredictedLabel, keys, keys.Schema[nameof(Class.Hash)], keys.Schema[nameof(Class.Key)], SavedColumns.Hash));
            }
            // The helpers go at the end, so that the loaded model's schema is the model's own.
            if (columns.IsImage) helpers = [SavedColumns.Pixels, .. helpers];
            if (helpers.Length > 0) Add(ml.Transforms.DropColumns(helpers));
            return new TransformerChain<ITransformer>([.. transformers]);
        }
        catch
        {
            foreach (var transformer in transformers.OfType<IDisposable>()) transformer.Dispose();
            throw;
        }

        void Add<T>(IEstimator<T> estimator) where T : class, ITransformer
        {
            var transformer = estimator.Fit(view);
            transformers.Add(transformer);
            view = transformer.Transform(view);
        }
    }

    /// <summary>ONNX Runtime's class index arrives as a vector of one, which no stock transformer makes a key of; but Hash makes a
    /// scalar of it, and a scalar can be looked up.</summary>
    private static (IEstimator<HashingTransformer> Hash, IDataView Keys) Classes(MLContext ml, LabelColumn label)
    {
        var indices = ml.Data.LoadFromEnumerable(label.Names.Select((_, i) => new Index { Values = [i] }));
        for (var seed = 0u; ; seed++)
        {
            var hash = ml.Transforms.Conversion.Hash(
                new HashingEstimator.ColumnOptions(SavedColumns.Hash, SavedColumns.ClassIndex, numberOfBits: 30, seed: seed, combine: true));
            var hashes = hash.Fit(indices).Transform(indices).GetColumn<uint>(SavedColumns.Hash).ToArray();
            if (hashes.Distinct().Count() == hashes.Length) return (hash, Keys(ml, label, hashes));
        }
    }

    private static IDataView Keys(MLContext ml, LabelColumn label, uint[] hashes)
    {
        var definition = SchemaDefinition.Create(typeof(Class));
        var key = definition[nameof(Class.Key)];
        key.ColumnType = new KeyDataViewType(typeof(uint), hashes.Length);
        if (label.KeyValues.Schema.GetColumnOrNull(OutputColumns.KeyValues) is { } values) ItemType.Find(values.Type)!.CopyKeyValues(label.KeyValues, key);
        // LoadFromEnumerable takes members that become keys as counted from 0.
        return ml.Data.LoadFromEnumerable(hashes.Select((hash, i) => new Class { Hash = hash, Key = (uint)i }), definition);
    }

    private sealed class Index
    {
        [ColumnName(SavedColumns.ClassIndex), VectorType(1)]
        public long[] Values { get; set; } = [];
    }

    private sealed class Class
    {
        public uint Hash { get; set; }

        public uint Key { get; set; }
    }
}
