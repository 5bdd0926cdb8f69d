using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Fields from <paramref name="Min"/> to before <paramref name="Limit"/>; to the line's end if that is <see cref="Open"/>.</summary>
internal readonly record struct FieldSpan(int Min, int Limit, bool ForceVector)
{
    public const int Open = int.MaxValue;

    public bool IsOpen => Limit == Open;
}

/// <summary>A column of a text file once its fields are known.</summary>
internal sealed class TextColumn
{
    public TextColumn(string name, PrimitiveDataViewType item, FieldSpan[] spans)
    {
        (Name, Item, Spans) = (name, item, spans);
        var ordered = spans.OrderBy(span => span.Min).ToArray();
        for (int i = 1; i < ordered.Length; i++)
            Check.Param(ordered[i - 1].Limit <= ordered[i].Min, "Source", $"Intervals specified for column '{name}' overlap");
        FixedSize = spans.Where(span => !span.IsOpen).Sum(span => span.Limit - span.Min);
        Type = spans.Any(span => span.IsOpen) ? new VectorDataViewType(item)
            : FixedSize > 1 || spans[0].ForceVector ? new VectorDataViewType(item, FixedSize)
            : item;
    }

    public string Name { get; }

    public PrimitiveDataViewType Item { get; }

    public FieldSpan[] Spans { get; }

    /// <summary>The number of fields without those of an open span.</summary>
    public int FixedSize { get; }

    public DataViewType Type { get; }
}
