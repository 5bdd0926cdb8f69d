using System.Collections.Immutable;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) : this(itemType, Positive(size), nameof(size)) { }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : this(itemType, dimensions?.ToImmutableArray() ?? [], nameof(dimensions)) { }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : this(itemType, dimensions, nameof(dimensions)) { }

    private VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions, string parameter)
        : base(typeof(VBuffer<>).MakeGenericType(Check.NotNull(itemType, nameof(itemType)).RawType))
    {
        Check.Param(dimensions.Length > 0 && dimensions.All(d => d >= 0), parameter);
        ItemType = itemType;
        Dimensions = dimensions;
        Size = dimensions.Aggregate(1, (product, d) => checked(product * d));
    }

    public PrimitiveDataViewType ItemType { get; }

    /// <summary>A dimension of zero is one whose length differs from row to row.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>The number of slots; zero where it differs from row to row.</summary>
    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    private static ImmutableArray<int> Positive(int size) => [size];

    public override bool Equals(DataViewType other) =>
        ReferenceEquals(this, other)
        || other is VectorDataViewType vector && ItemType.Equals(vector.ItemType) && Dimensions.SequenceEqual(vector.Dimensions);

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => Dimensions.Aggregate(ItemType.GetHashCode(), HashCode.Combine);

    public override string ToString()
    {
        string dimensions = Dimensions.Length == 1
            ? Size > 0 ? ", " + Size : ""
            : string.Concat(Dimensions.Select(d => d > 0 ? ", " + d : ", *"));
        return $"Vector<{ItemType}{dimensions}>";
    }
}
