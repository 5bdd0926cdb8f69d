using Microsoft.ML;

namespace ResNet.MLNet;

/// <summary>Brings residual networks to <c>ml.MulticlassClassification.Trainers</c>.</summary>
public static class ResNetCatalog
{
    /// <summary>Makes a trainer of a residual network (He et al. 2015) for image classification.</summary>
    /// <param name="catalog">The trainers of <c>ml.MulticlassClassification</c>.</param>
    /// <param name="labelColumnName">The label: a key column, as MapValueToKey makes it.</param>
    /// <param name="featureColumnName">The images: pixels 0..255 as ExtractPixels gives them, or an image column.
    /// See <see cref="ResNetClassificationTrainer"/>.</param>
    /// <param name="scoreColumnName">The name of the new column of probabilities.</param>
    /// <param name="predictedLabelColumnName">The name of the new column of predicted labels.</param>
    /// <param name="arch">The network's name, as resnet18, resnet50, resnet20;
    /// null: resnet20 for images up to 64 pixels a side, else resnet18.</param>
    /// <param name="epochs">How often each image is trained on; from 1.</param>
    /// <param name="validationSet">Labelled images whose loss and accuracy are measured after each epoch; null: none.</param>
    /// <returns>The trainer. It takes no seed from the context; see <see cref="ResNetTrainerOptions.Context"/>.</returns>
    public static ResNetClassificationTrainer ResNetClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel",
        string? arch = null,
        int epochs = ResNetTrainerOptions.DefaultEpoch,
        IDataView? validationSet = null) => catalog.ResNetClassification(
            Options<ResNetClassificationTrainer.Options>(labelColumnName, featureColumnName, scoreColumnName, predictedLabelColumnName, arch, epochs, validationSet));

    /// <summary>Makes a trainer of a residual network (He et al. 2015) for image classification, with all options.</summary>
    /// <param name="catalog">The trainers of <c>ml.MulticlassClassification</c>.</param>
    /// <param name="options">The options; later changes to the object do not reach the trainer.</param>
    /// <returns>The trainer.</returns>
    public static ResNetClassificationTrainer ResNetClassification(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, ResNetClassificationTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ResNetClassificationTrainer(options);
    }

    /// <summary>Makes a trainer of a residual network for images that may have several classes, or none (multi-label).</summary>
    /// <param name="catalog">The trainers of <c>ml.MulticlassClassification</c>.</param>
    /// <param name="labelColumnName">The label: a vector with a slot for each class, 1 where the image has it.
    /// See <see cref="ResNetMultiLabelTrainer"/>.</param>
    /// <param name="featureColumnName">The images: pixels 0..255 as ExtractPixels gives them, or an image column.</param>
    /// <param name="scoreColumnName">The name of the new column of probabilities.</param>
    /// <param name="predictedLabelColumnName">The name of the new column that says which classes an image has.</param>
    /// <param name="arch">The network's name, as resnet18, resnet50, resnet20;
    /// null: resnet20 for images up to 64 pixels a side, else resnet18.</param>
    /// <param name="epochs">How often each image is trained on; from 1.</param>
    /// <param name="validationSet">Labelled images that are measured after each epoch; null: none.</param>
    /// <returns>The trainer. It takes no seed from the context; see <see cref="ResNetTrainerOptions.Context"/>.</returns>
    public static ResNetMultiLabelTrainer ResNetMultiLabel(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string scoreColumnName = "Score",
        string predictedLabelColumnName = "PredictedLabel",
        string? arch = null,
        int epochs = ResNetTrainerOptions.DefaultEpoch,
        IDataView? validationSet = null) => catalog.ResNetMultiLabel(
            Options<ResNetMultiLabelTrainer.Options>(labelColumnName, featureColumnName, scoreColumnName, predictedLabelColumnName, arch, epochs, validationSet));

    /// <summary>Makes a trainer of a residual network for images that may have several classes, or none (multi-label), with all options.</summary>
    /// <param name="catalog">The trainers of <c>ml.MulticlassClassification</c>.</param>
    /// <param name="options">The options; later changes to the object do not reach the trainer.</param>
    /// <returns>The trainer.</returns>
    public static ResNetMultiLabelTrainer ResNetMultiLabel(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, ResNetMultiLabelTrainer.Options options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new ResNetMultiLabelTrainer(options);
    }

    private static TOptions Options<TOptions>(
        string labelColumnName, string featureColumnName, string scoreColumnName, string predictedLabelColumnName, string? arch, int epochs, IDataView? validationSet)
        where TOptions : ResNetTrainerOptions, new() => new()
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            ScoreColumnName = scoreColumnName,
            PredictedLabelColumnName = predictedLabelColumnName,
            Arch = arch,
            Epoch = epochs,
            ValidationSet = validationSet,
        };
}
