using ResNet.Core;
using ResNet.MLNet.Training;

namespace ResNet.MLNet;

public sealed partial class ResNetMultiLabelTrainer
{
    /// <summary>The options of every trainer, and thresholds. <see cref="ResNetTrainerOptions.Loss"/> is
    /// <see cref="LossFunction.BinaryCrossEntropy"/> and <see cref="ResNetTrainerOptions.Metric"/>
    /// <see cref="TrainingMetric.MeanAveragePrecision"/> unless set; accuracy is the share of labels that are right at 0.5.</summary>
    public sealed class Options : ResNetTrainerOptions
    {
        /// <summary>Makes options with the defaults for several classes an image.</summary>
        public Options()
        {
            Loss = LossFunction.BinaryCrossEntropy;
            Metric = TrainingMetric.MeanAveragePrecision;
        }

        /// <summary>From which probability on an image has a class, above 0 to below 1. Default 0.5.</summary>
        public double Threshold { get; set => field = value > 0 ? OptionCheck.Fraction(value) : throw new ArgumentOutOfRangeException(nameof(Threshold), value, "Threshold must be above 0 and below 1."); } = 0.5;

        /// <summary>How the thresholds are chosen. Default <see cref="ThresholdSelection.Fixed"/>.</summary>
        public ThresholdSelection ThresholdSelection { get; set => field = OptionCheck.Defined(value); } = ThresholdSelection.Fixed;

        /// <summary>The new column of the predicted classes' names. Default "PredictedLabels".</summary>
        public string PredictedLabelsColumnName { get; set => field = OptionCheck.Name(value); } = "PredictedLabels";

        internal override string? LabelNamesColumn => PredictedLabelsColumnName;
    }
}
