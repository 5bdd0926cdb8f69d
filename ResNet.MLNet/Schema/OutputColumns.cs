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

    /// <summary>Whether each score is at least its threshold, slot-named with the labels; a score that is not a number is not.</summary>
    public static OutputColumn AtLeast(string name, IReadOnlyList<string> labels, IReadOnlyList<float> thresholds) =>
        OutputColumn.Of(name, new VectorDataViewType(BooleanDataViewType.Instance, labels.Count), Slots(labels), (ReadOnlySpan<float> scores, ref VBuffer<bool> value) =>
        {
            var editor = VBufferEditor.Create(ref value, scores.Length);
            for (var i = 0; i < scores.Length; i++) editor.Values[i] = scores[i] >= thresholds[i];
            value = editor.Commit();
        });

    /// <summary>The labels whose score is at least their threshold, in their order.</summary>
    public static OutputColumn NamesAtLeast(string name, IReadOnlyList<string> labels, IReadOnlyList<float> thresholds)
    {
        var texts = labels.Select(label => label.AsMemory()).ToArray();
        return OutputColumn.Of(name, new VectorDataViewType(TextDataViewType.Instance), DataViewSchema.Annotations.Empty, (ReadOnlySpan<float> scores, ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var count = 0;
            for (var i = 0; i < scores.Length; i++) count += scores[i] >= thresholds[i] ? 1 : 0;
            var editor = VBufferEditor.Create(ref value, count);
            for (var i = scores.Length - 1; i >= 0; i--)
                if (scores[i] >= thresholds[i]) editor.Values[--count] = texts[i];
            value = editor.Commit();
        });
    }

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
