using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet.Scoring;

namespace ResNet.MLNet.Schema;

/// <summary>Makes a column's value of what one of the engine's outputs gave for a row.</summary>
internal delegate void FromScores<T>(ReadOnlySpan<float> scores, ref T value);

/// <summary>A column that a model adds: its name and type, and how its values come from the scores.</summary>
internal abstract class OutputColumn(string name, DataViewType type, DataViewSchema.Annotations annotations)
{
    public string Name => name;

    public void AddTo(DataViewSchema.Builder schema) => schema.AddColumn(name, type, annotations);

    /// <summary>A <see cref="ValueGetter{TValue}"/> over the values of the current row.</summary>
    public abstract Delegate Getter(CurrentValues values);

    public static OutputColumn Of<T>(string name, DataViewType type, DataViewSchema.Annotations annotations, FromScores<T> value, int output = 0) =>
        new Typed<T>(name, type, annotations, value, output);

    private sealed class Typed<T>(string name, DataViewType type, DataViewSchema.Annotations annotations, FromScores<T> fromScores, int output)
        : OutputColumn(name, type, annotations)
    {
        public override Delegate Getter(CurrentValues values) => (ValueGetter<T>)((ref T value) => fromScores(values(output), ref value));
    }
}
