using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>A column and the fields that it takes.</summary>
    public sealed class Column
    {
        public Column() { }

        public Column(string name, DataKind dataKind, int index) : this(name, dataKind, [new Range(index)]) { }

        public Column(string name, DataKind dataKind, int minIndex, int maxIndex) : this(name, dataKind, [new Range(minIndex, maxIndex)]) { }

        public Column(string name, DataKind dataKind, Range[] source, KeyCount keyCount = null)
        {
            Check.NotNull(name, nameof(name));
            Check.NotNull(source, nameof(source));
            (Name, DataKind, Source, KeyCount) = (name, dataKind, source, keyCount);
        }

        public string Name;

        public Range[] Source;

        public KeyCount KeyCount;

        public DataKind DataKind { get; set; }

        /// <summary>The type of one item: a key if there is a count of keys.</summary>
        internal PrimitiveDataViewType ItemType
        {
            get
            {
                var raw = (DataKind == 0 ? DataKind.Single : DataKind).RawType();
                if (KeyCount == null) return TypeExtensions.Primitive(raw);
                Check.Param(KeyDataViewType.IsValidDataType(raw), nameof(DataKind), "Bad item type for Key");
                return new KeyDataViewType(raw, KeyCount.Count ?? (raw == typeof(byte) ? byte.MaxValue : raw == typeof(ushort) ? ushort.MaxValue : raw == typeof(uint) ? uint.MaxValue : ulong.MaxValue));
            }
        }
    }

    /// <summary>Fields of a line, counted from 0.</summary>
    public sealed class Range
    {
        public Range() { }

        public Range(int index)
        {
            Check.Param(index >= 0, nameof(index), "Must be non-negative");
            (Min, Max) = (index, index);
        }

        public Range(int min, int? max)
        {
            Check.Param(min >= 0, nameof(min), "Must be non-negative");
            Check.Param(!(max < min), nameof(max), "If specified, must be greater than or equal to " + nameof(min));
            (Min, Max, ForceVector, AutoEnd) = (min, max, true, max == null);
        }

        public int Min;

        public int? Max;

        /// <summary>Up to the last field, of which all lines have the same number.</summary>
        public bool AutoEnd;

        /// <summary>Up to each line's last field.</summary>
        public bool VariableEnd;

        /// <summary>Only fields that no other range names.</summary>
        public bool AllOther;

        /// <summary>A vector even if it is one field only.</summary>
        public bool ForceVector;
    }
}
