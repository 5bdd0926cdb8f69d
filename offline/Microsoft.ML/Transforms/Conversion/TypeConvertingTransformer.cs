using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns with their items converted to another type.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string Loader = "ConvertTransform";

    internal TypeConvertingTransformer(IHostEnvironment env, (string Output, string Input)[] columns, DataKind kind)
        : base(env.Register(nameof(TypeConvertingTransformer)), columns) => Kind = kind;

    internal DataKind Kind { get; }

    internal (string Output, string Input)[] Columns => ColumnPairs;

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.WritePairs(ColumnPairs);
        writer.Write((byte)Kind);
    }

    internal static TypeConvertingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadPairs(), (DataKind)reader.ReadByte());

    /// <summary>The item type that a key or other item converts to: a key stays a key, of as many values as fit.</summary>
    internal static PrimitiveDataViewType ItemFor(DataViewType item, DataKind kind)
    {
        var target = kind.Primitive();
        return item is KeyDataViewType key && KeyDataViewType.IsValidDataType(target.RawType)
            ? new KeyDataViewType(target.RawType, Math.Min(key.Count, LargestKey(target.RawType)))
            : target;
    }

    private static ulong LargestKey(Type raw) =>
        raw == typeof(byte) ? byte.MaxValue : raw == typeof(ushort) ? ushort.MaxValue : raw == typeof(uint) ? uint.MaxValue : ulong.MaxValue;

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        var from = input.Type.ItemType();
        var to = ItemFor(from, Kind);
        bool converts = from is PrimitiveDataViewType && Conversions.Find(from, to) != null;
        Check.Param(converts, "inputSchema", $"source column '{input.Name}' with item type '{input.Type}' is not compatible with destination type '{to}'");
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(schema, inputs, this);

    private sealed class Map(DataViewSchema schema, DataViewSchema.Column[] inputs, TypeConvertingTransformer owner)
        : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output) => Inputs[output].Type.WithItem(ItemFor(Inputs[output].Type.ItemType(), owner.Kind));

        protected override DataViewSchema.Annotations AnnotationsOf(int output)
        {
            var (from, to) = (Inputs[output].Type.ItemType(), TypeOf(output).ItemType());
            var kept = new List<string>();
            if (TypeOf(output).IsKnownSizeVector()) kept.Add(AnnotationKinds.SlotNames);
            if (from is KeyDataViewType key && to is KeyDataViewType other && key.Count == other.Count) kept.Add(AnnotationKinds.KeyValues);
            if (from is NumberDataViewType && to is NumberDataViewType) kept.Add(AnnotationKinds.IsNormalized);
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(Inputs[output].Annotations, kept.Contains);
            if (Inputs[output].Type is BooleanDataViewType && to is NumberDataViewType) builder.AddIsNormalized();
            return builder.ToAnnotations();
        }

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            var (from, to) = (Inputs[output].Type.ItemType(), TypeOf(output).ItemType());
            return Generic.Invoke<Delegate>(ItemGetters.Make<int, int>, [from.RawType, to.RawType], input, Inputs[output], Conversions.Find(from, to));
        }
    }
}
