using Microsoft.ML;
using ResNet.Core;

namespace ResNet.MLNet.Schema;

/// <summary>The classes, as the training data's label column gives them: how many, what they are called, in which order; and how its rows are read.</summary>
internal abstract class LabelColumn(string name, IReadOnlyList<string> names)
{
    public string Name => name;

    /// <summary>The classes' names; "0", "1", … where the column has none.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The KeyValues annotation in its own type; empty where there is none.</summary>
    public virtual DataViewSchema.Annotations KeyValues => DataViewSchema.Annotations.Empty;

    /// <summary>Throws when another view's label column has the classes in another order than the training data: evaluating
    /// compares them by number, so its figures would be wrong without a sign of it.</summary>
    public abstract void CheckSameOrder(DataViewSchema schema);

    /// <summary>How a row's classes are read; null: the row has no label.</summary>
    public abstract Func<ClassShare[]?> Reader(DataViewRow row);

    /// <summary>The classes of rows that were read.</summary>
    public abstract ImageLabels Of(IReadOnlyList<ClassShare[]> rows);

    /// <summary>Whether a network can be trained on them.</summary>
    /// <param name="labels">The training data's.</param>
    /// <param name="warn">Hears of what is odd.</param>
    public abstract void Check(ImageLabels labels, Action<string> warn);
}
