using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>
/// A row-to-row transformer bound to one input schema: which columns it adds and how a row yields them.
/// A subclass gives the added columns, what each depends on, and their getters; views, rows, cursors and
/// mappers come from here. The constructor of the subclass checks the input schema.
/// </summary>
internal abstract class RowMap(DataViewSchema input)
{
    private MapBindings _bindings;

    public DataViewSchema InputSchema { get; } = Check.NotNull(input, nameof(input));

    public MapBindings Bindings => _bindings ??= new MapBindings(InputSchema, GetOutputColumns());

    /// <summary>The columns that the transformer adds; asked for once. One of an input column's name hides that one.</summary>
    public abstract DataViewSchema.DetachedColumn[] GetOutputColumns();

    /// <summary>Indices of the input columns that must be active for the added column <paramref name="output"/>.</summary>
    public abstract IEnumerable<int> GetDependencies(int output);

    /// <summary>Whether a row's work is worth a task of its own, as work on images is.</summary>
    public virtual bool IsCostly => Bindings.Added.Any(c => c.Type.ItemType() is not PrimitiveDataViewType)
        || Enumerable.Range(0, Bindings.Added.Length).SelectMany(GetDependencies).Any(i => InputSchema[i].Type.ItemType() is not PrimitiveDataViewType);

    /// <summary>
    /// A <c>ValueGetter&lt;T&gt;</c> of the added column <paramref name="output"/> over <paramref name="input"/>,
    /// a row of the input schema in which the dependencies are active.
    /// It computes when called, each time it is called; state and scratch buffers belong to the getter.
    /// <paramref name="dispose"/>, if any, is called once, when the row or cursor is disposed.
    /// </summary>
    public abstract Delegate MakeGetter(DataViewRow input, int output, out Action dispose);
}
