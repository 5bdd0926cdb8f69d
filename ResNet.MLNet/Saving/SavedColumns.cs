using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using ResNet.Core;
using ResNet.MLNet.Images;
using ResNet.MLNet.Schema;

namespace ResNet.MLNet.Saving;

/// <summary>What a model.zip must know of the columns: their names, and in which form the images came in training, since the
/// saved chain takes that form and no other. Kept as JSON in the ONNX file's metadata.</summary>
/// <param name="Feature">The feature column.</param>
/// <param name="Label">The label column.</param>
/// <param name="Score">The column of probabilities.</param>
/// <param name="PredictedLabel">The column of predicted labels.</param>
/// <param name="IsImage">Whether the feature column holds images; else vectors.</param>
/// <param name="IsBytes">Whether the vectors' items are bytes; else floats.</param>
/// <param name="Dimensions">The vectors' dimensions, or height and width of the images; empty if the column does not tell them.</param>
/// <param name="Interleaved">Whether the vectors hold height×width×channels.</param>
/// <param name="Embedding">The column of embeddings; null where there is none.</param>
/// <param name="PredictedLabels">The column of the predicted labels' names, where an image may have several; null: it has one.</param>
internal sealed record SavedColumns(
    string Feature, string Label, string Score, string PredictedLabel, bool IsImage, bool IsBytes, int[] Dimensions, bool Interleaved,
    string? Embedding = null, string? PredictedLabels = null)
{
    /// <summary>The key in the ONNX file's metadata.</summary>
    public const string Key = "resnet.mlnet.columns";

    private const string Helper = "ResNet.";

    /// <summary>Pixels taken out of an image column.</summary>
    public const string Pixels = Helper + "Pixels";

    /// <summary>The likeliest class from 0, as the graph gives it.</summary>
    public const string ClassIndex = Helper + "ClassIndex";

    /// <summary>The class index as a scalar; see <see cref="StockChain"/>.</summary>
    public const string Hash = Helper + "Hash";

    public static SavedColumns Of(DataViewSchema schema, ModelColumns names, string label, ImageShape shape)
    {
        var pixels = PixelColumn.Of(schema, names.Feature, shape);
        var (isImage, dimensions) = pixels.Column.Type switch
        {
            ImageDataViewType { Height: > 0, Width: > 0 } image => (true, new[] { image.Height, image.Width }),
            ImageDataViewType => (true, []),
            VectorDataViewType { Size: > 0 } vector => (false, [.. vector.Dimensions]),
            _ => (false, Array.Empty<int>()),
        };
        var isBytes = pixels.Column.Type is VectorDataViewType { ItemType.RawType: var item } && item == typeof(byte);
        return new(
            names.Feature, label, names.Score, names.PredictedLabel, isImage, isBytes, dimensions, pixels.Interleaved, names.Embedding, names.PredictedLabels);
    }

    /// <summary>What makes probabilities of the network's logits.</summary>
    [JsonIgnore]
    public OutputActivation Activation => PredictedLabels is null ? OutputActivation.Softmax : OutputActivation.Sigmoid;

    /// <summary>The columns that the ONNX file gives and that the model keeps.</summary>
    [JsonIgnore]
    public string[] Outputs =>
    [
        .. Embedding is null ? Array.Empty<string>() : [Embedding],
        Score,
        .. PredictedLabels is null ? Array.Empty<string>() : [PredictedLabel, PredictedLabels],
    ];

    /// <summary>A schema with the feature column alone, as the saved chain takes it.</summary>
    public DataViewSchema InputSchema()
    {
        DataViewType type = IsImage
            ? new ImageDataViewType(Dimensions[0], Dimensions[1])
            : new VectorDataViewType(IsBytes ? NumberDataViewType.Byte : NumberDataViewType.Single, Dimensions);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(Feature, type);
        return builder.ToSchema();
    }

    /// <summary>The ONNX graph's names: ApplyOnnxModel takes them for columns' names.</summary>
    public OnnxSignature Signature(ImageShape shape) => new()
    {
        Input = IsImage ? Pixels : Feature,
        Bytes = IsBytes,
        Layout = Interleaved ? PixelLayout.Interleaved : PixelLayout.Planar,
        Height = shape.Height,
        Width = shape.Width,
        Logits = Helper + "Logits",
        Probabilities = Helper + "Probabilities",
        Score = Score,
        ClassIndex = ClassIndex,
        Embedding = Embedding,
        Activation = Activation,
        PredictedLabel = PredictedLabel,
        PredictedLabels = PredictedLabels ?? Helper + "PredictedLabels",
    };

    /// <summary>Throws where no chain of stock transformers takes what the model takes.</summary>
    public void CheckSavable()
    {
        if (Dimensions.Length == 0)
            throw new InvalidOperationException(IsImage
                ? $"The model cannot be saved: the image column '{Feature}' does not say how large its images are, and stock transformers need to know. " +
                  $"Put ml.Transforms.ResizeImages(\"{Feature}\", width, height) into the pipeline before the trainer."
                : $"The model cannot be saved: the vectors of column '{Feature}' have no known size, and stock transformers need one. " +
                  "Give the column its size ([VectorType(channels, height, width)], or ml.Transforms.ExtractPixels) and train again.");
        if (Outputs.Contains(Feature))
            throw new InvalidOperationException(
                $"The model cannot be saved: its new column '{Feature}' replaces the feature column, which an ONNX graph cannot. Give ScoreColumnName, or whichever option names it, another name.");
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static SavedColumns FromJson(string json) => JsonSerializer.Deserialize<SavedColumns>(json) is
    {
        Feature: not null,
        Label: not null,
        Score: not null,
        PredictedLabel: not null,
        Dimensions: not null,
    } columns
        ? columns
        : throw new JsonException("a column's name is missing.");
}
