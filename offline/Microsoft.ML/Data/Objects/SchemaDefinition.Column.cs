using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition
{
    public sealed class Column
    {
        private readonly Dictionary<string, (DataViewType Type, Delegate Getter)> _annotations = [];

        internal Column(string memberName, DataViewType columnType, string columnName = null)
        {
            MemberName = Check.NotEmpty(memberName, nameof(memberName));
            (ColumnName, ColumnType) = (columnName ?? memberName, columnType);
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations
        {
            get
            {
                var builder = new DataViewSchema.Annotations.Builder();
                foreach (var (kind, (type, getter)) in _annotations) builder.Add(kind, type, getter);
                return builder.ToAnnotations();
            }
        }

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Check.NotNull(kind, nameof(kind));
            Check.NotNull(annotationType, nameof(annotationType));
            Check.That(!_annotations.ContainsKey(kind), "Column already contains an annotation of this kind.");
            var member = MemberType.Of(typeof(T));
            bool vector = annotationType is VectorDataViewType;
            Check.That(vector == member.IsVector, $"Value inputted is supposed to be {Shape(member.IsVector)}, but type of Annotationinfo is {Shape(vector)}");
            var item = annotationType.ItemType().RawType;
            Check.That(item == member.Item, $"Value inputted is supposed to have Type {member.Item}, but type of Annotationinfo has {item}");
            // A member of type T read from a row that always holds the value.
            _annotations[kind] = (annotationType, MemberGetters.Make(annotationType, () => value));
        }

        /// <summary>Takes over the annotations of another schema's column.</summary>
        internal void CopyAnnotations(DataViewSchema.Annotations annotations)
        {
            foreach (var note in annotations.Schema)
                _annotations[note.Name] = (note.Type, Generic.Invoke<Delegate>(Getter<int>, note.Type.RawType, annotations, note));
        }

        private static Delegate Getter<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column note) => annotations.GetGetter<T>(note);

        private static string Shape(bool vector) => vector ? "vector" : "scalar";
    }
}
