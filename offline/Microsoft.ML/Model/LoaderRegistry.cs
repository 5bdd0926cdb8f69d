using System.Collections.Concurrent;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

/// <summary>How the components in a model file are read back, by their loader names.</summary>
internal static partial class LoaderRegistry
{
    private static readonly ConcurrentDictionary<string, Func<ModelReader, ICanSaveModel>> Loaders = [];

    /// <summary>Adds a loader; types register theirs in <see cref="RegisterAll"/>.</summary>
    public static void Add(string name, Func<ModelReader, ICanSaveModel> load) => Loaders[name] = load;

    public static Func<ModelReader, ICanSaveModel> Find(string name) => Loaders.GetValueOrDefault(name);

    static LoaderRegistry() => RegisterAll();

    private static void RegisterAll()
    {
        Add(TransformerChainLoader.Name, TransformerChainLoader.Load);
        Add(CompositeDataLoader.LoaderName, CompositeDataLoader.Load);
        Add(TextLoader.LoaderName, TextLoader.LoadFrom);
        Add(ColumnCopyingTransformer.Loader, ColumnCopyingTransformer.Load);
        Add(ColumnSelectingTransformer.Loader, ColumnSelectingTransformer.Load);
        Add(ColumnConcatenatingTransformer.Loader, ColumnConcatenatingTransformer.Load);
        Add(TypeConvertingTransformer.Loader, TypeConvertingTransformer.Load);
        Add(ValueToKeyMappingTransformer.Loader, ValueToKeyMappingTransformer.Load);
        Add(KeyToValueMappingTransformer.Loader, KeyToValueMappingTransformer.Load);
        Add(KeyToVectorMappingTransformer.Loader, KeyToVectorMappingTransformer.Load);
        Add(ValueMappingTransformer.Loader, ValueMappingTransformer.Load);
        Add(HashingTransformer.Loader, HashingTransformer.Load);
        Add(MissingValueReplacingTransformer.Loader, MissingValueReplacingTransformer.Load);
        Add(MulticlassPredictionTransformer.LoaderName, MulticlassPredictionTransformer.Load);
        Add(MaximumEntropyModelParameters.LoaderName, MaximumEntropyModelParameters.Load);
        Add(ModelStatisticsBase.LoaderName, ModelStatisticsBase.Load);
        Add(NormalizingTransformer.Name, NormalizingTransformer.Load);
        Add(CustomMappingContract.LoaderName, CustomMappingContract.Load);
        Add(ImageLoadingTransformer.Name, ImageLoadingTransformer.Load);
        Add(ImageResizingTransformer.Name, ImageResizingTransformer.Load);
        Add(ImageGrayscalingTransformer.Name, ImageGrayscalingTransformer.Load);
        Add(ImagePixelExtractingTransformer.Name, ImagePixelExtractingTransformer.Load);
        Add(VectorToImageConvertingTransformer.Name, VectorToImageConvertingTransformer.Load);
        Add(OnnxTransformer.Name, OnnxTransformer.Load);
    }
}
