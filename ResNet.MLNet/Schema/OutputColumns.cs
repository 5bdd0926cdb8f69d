using Microsoft.ML;
using Microsoft.ML.Data;

namespace ResNet.MLNet.Schema;

/// <summary>The columns that models add.</summary>
internal static class OutputColumns
{
    /// <summary>ML.NET's name for the annotation that holds the names of a vector's slots.</summary>
    public const string SlotNames = "SlotNames";

    /// <summary>ML.NET's name for the annotation that holds what each key stands for.</summary>
    public const string KeyValues = "KeyValues";

    /// <summary>The scores as they are, slot-named with the labels.</summary>
    public static OutputColumn Scores(string name, IReadOnlyList<string> labels) =>
        Values(name, new VectorDataViewType(NumberDataViewType.Single, labels.Count), Slots(labels));

    /// <summary>The values of one of the engine's outputs as they are; the first (0) are the scores.</summary>
    public static OutputColumn Values(string name, VectorDataViewType type, DataViewSchema.Annotations? annotations = null, int output = 0) =>
        OutputColumn.Of(name, type, annotations ?? DataViewSchema.Annotations.Empty, (ReadOnlySpan<float> scores, ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, scores.Length);
            scores.CopyTo(editor.Values);
            value = editor.Commit();
        }, output);

    /// <summary>The engine's second output, the embedding.</summary>
    public static OutputColumn Embedding(string name, int features) => Values(name, new(NumberDataViewType.Single, features), output: 1);

    /// <summary>The class of the highest score, the first of equals, as a key; missing (0) where a score is not a number.</summary>
    public static OutputColumn Highest(string name, int classes, DataViewSchema.Annotations keyValues) =>
        OutputColumn.Of(name, new KeyDataViewType(typeof(uint), classes), keyValues, (ReadOnlySpan<float> scores, ref uint value) => value = Predicted(scores));

    private static DataViewSchema.Annotations Slots(IReadOnlyList<string> labels)
    {
        var slots = new DataViewSchema.Annotations.Builder();
        slots.Add(SlotNames, new VectorDataViewType(TextDataViewType.Instance, labels.Count), (ref VBuffer<ReadOnlyMemory<char>> names) =>
        {
            var editor = VBufferEditor.Create(ref names, labels.Count);
            for (var i = 0; i < labels.Count; i++) editor.Values[i] = labels[i].AsMemory();
            names = editor.Commit();
        });
        return slots.ToAnnotations();
    }

    private static uint Predicted(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i])) return 0;
            if (scores[i] > scores[best]) best = i;
        }
        return (uint)best + 1;
    }
}
