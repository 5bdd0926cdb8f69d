using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Schema;

/// <summary>The two columns that the model adds: the probabilities, slot-named with the labels, and the predicted
/// label, a key with the training label's values in the training label's order.</summary>
internal static class OutputColumns
{
    /// <summary>ML.NET's name for the annotation that holds the names of a vector's slots.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>ML.NET's name for the annotation that holds what each key stands for.</summary>
    public const string KeyValues = "KeyValues";

    public static void Add(
        DataViewSchema.Builder builder, string scoreName, string predictedLabelName, IReadOnlyList<string> labels, DataViewSchema.Annotations keyValues)
    {
        var scores = new DataViewSchema.Annotations.Builder();
        scores.Add(SlotNames, new VectorDataViewType(TextDataViewType.Instance, labels.Count), (ref VBuffer<ReadOnlyMemory<char>> names) =>
        {
            var editor = VBufferEditor.Create(ref names, labels.Count);
            for (var i = 0; i < labels.Count; i++) editor.Values[i] = labels[i].AsMemory();
            names = editor.Commit();
        });
        builder.AddColumn(scoreName, new VectorDataViewType(NumberDataViewType.Single, labels.Count), scores.ToAnnotations());
        builder.AddColumn(predictedLabelName, new KeyDataViewType(typeof(uint), labels.Count), keyValues);
    }
}
