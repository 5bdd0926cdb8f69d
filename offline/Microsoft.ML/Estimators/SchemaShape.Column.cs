using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class SchemaShape
{
    public struct Column
    {
        public enum VectorKind
        {
            Scalar = 0,
            Vector = 1,
            VariableVector = 2,
        }

        public readonly string Name;

        public readonly VectorKind Kind;

        /// <summary>The type of one item; of a key column the type of its raw value.</summary>
        public readonly DataViewType ItemType;

        public readonly bool IsKey;

        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind vecKind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            Check.NotEmpty(name, nameof(name));
            Check.Param(itemType is not KeyDataViewType, nameof(itemType), "Item type cannot be a key");
            Check.Param(itemType is not VectorDataViewType, nameof(itemType), "Item type cannot be a vector");
            Check.Param(!isKey || KeyDataViewType.IsValidDataType(itemType.RawType), nameof(itemType), "The item type must be valid for a key");
            (Name, Kind, ItemType, IsKey, Annotations) = (name, vecKind, itemType, isKey, annotations ?? Empty);
        }

        /// <summary>The shape of a column of that type.</summary>
        internal Column(string name, DataViewType type, SchemaShape annotations = null)
            : this(name, KindOf(type), RawItem(type), type.ItemType() is KeyDataViewType, annotations) { }

        internal bool IsValid => Name != null;

        internal static VectorKind KindOf(DataViewType type) =>
            type is VectorDataViewType vector ? vector.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector : VectorKind.Scalar;

        private static DataViewType RawItem(DataViewType type) =>
            type.ItemType() is KeyDataViewType key ? TypeExtensions.Primitive(key.RawType) : type.ItemType();

        internal Column Renamed(string name) => new(name, Kind, ItemType, IsKey, Annotations);

        internal bool HasKeyValues => Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && values.Kind == VectorKind.Vector;

        /// <summary>Whether an annotation is a vector of known size of that item type.</summary>
        internal bool HasVector(string annotation, DataViewType item) =>
            Annotations.TryFindColumn(annotation, out var note) && note.Kind == VectorKind.Vector && note.ItemType.Equals(item);

        internal bool IsNormalized =>
            Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out var note) && note.Kind == VectorKind.Scalar && note.ItemType is BooleanDataViewType;

        /// <summary>Whether a column like <paramref name="source"/> may stand where this one is asked for: at least its annotations.</summary>
        internal bool IsCompatibleWith(Column source) =>
            Name == source.Name && Kind == source.Kind && ItemType.Equals(source.ItemType) && IsKey == source.IsKey
            && Annotations.All(note => source.Annotations.TryFindColumn(note.Name, out var other) && note.IsCompatibleWith(other));

        /// <summary>The type as error messages write it.</summary>
        internal string GetTypeString()
        {
            string item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString();
            return Kind switch { VectorKind.Vector => $"Vector<{item}>", VectorKind.VariableVector => $"VarVector<{item}>", _ => item };
        }
    }
}
