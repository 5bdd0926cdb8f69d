using Microsoft.ML;
using ResNet.Core;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.MLNet;

/// <summary>Brings TorchSharp modules of one's own to <c>ml.MulticlassClassification.Trainers</c>.</summary>
public static class TorchModuleCatalog
{
    /// <summary>Makes a trainer of a TorchSharp module of one's own for image classification.</summary>
    /// <param name="catalog">The trainers of <c>ml.MulticlassClassification</c>.</param>
    /// <param name="createModule">Gets the number of classes and returns a new module at each call: N×C×H×W pixels in, float32, as
    /// <paramref name="normalization"/> says; N×Classes logits out, float32, without softmax. See <see cref="ModuleSpecification.CreateModule"/>.</param>
    /// <param name="labelColumnName">The label: a key column, as MapValueToKey makes it.</param>
    /// <param name="featureColumnName">The images; see <see cref="ResNetClassificationTrainer"/> for their forms.</param>
    /// <param name="scoreColumnName">The name of the new column of probabilities.</param>
    /// <param name="predictedLabelColumnName">The name of the new column of predicted labels.</param>
    /// <param name="normalization">What is done to pixel values 0..255 before the module gets them, in scoring and in saved files, too; null: nothing.</param>
    /// <param name="epochs">How often each image is trained on; from 1.</param>
    /// <param name="validationSet">Labelled images whose loss and accuracy are measured after each epoch; null: none.</param>
    /// <returns>The trainer; it is <see cref="ResNetClassificationTrainer"/>, with all that it does.</returns>
    public static ResNetClassificationTrainer TorchModule(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        Func<int, Module<Tensor, Tensor>> createModule,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel",
        Normalization? normalization = null,
        int epochs = ResNetTrainerOptions.DefaultEpoch,
        IDataView? validationSet = null) => catalog.TorchModule(
            createModule,
            new ResNetClassificationTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ScoreColumnName = scoreColumnName,
                PredictedLabelColumnName = predictedLabelColumnName,
                Epoch = epochs,
                ValidationSet = validationSet,
            },
            normalization);

    /// <summary>Makes a trainer of a TorchSharp module of one's own for image classification, with all options.</summary>
    /// <param name="catalog">The trainers of <c>ml.MulticlassClassification</c>.</param>
    /// <param name="createModule">As for the other overload.</param>
    /// <param name="options">The options; later changes to the object do not reach the trainer. Arch, Specification, Weights and HeadDropout are
    /// left alone: the module is the network. <see cref="ResNetTrainerOptions.InitialWeights"/> have the names of its state_dict.</param>
    /// <param name="normalization">As for the other overload.</param>
    /// <returns>The trainer.</returns>
    /// <exception cref="ArgumentException">The options name another network.</exception>
    public static ResNetClassificationTrainer TorchModule(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        Func<int, Module<Tensor, Tensor>> createModule,
        ResNetClassificationTrainer.Options options,
        Normalization? normalization = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(createModule);
        ArgumentNullException.ThrowIfNull(options);
        if ((options.Arch ?? options.Weights?.Name ?? options.Specification?.Name) is { } other)
            throw new ArgumentException(
                $"The options ask for {other}, but TorchModule trains the module that its function makes. Leave Arch, Specification and Weights null, or use Trainers.ResNetClassification.",
                nameof(options));
        var own = (ResNetClassificationTrainer.Options)options.Clone();
        own.Specification = new ModuleSpecification(createModule) { Normalization = normalization };
        return new(own);
    }
}
