using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns' values as keys by their hashes.</summary>
public sealed class HashingTransformer : OneToOneTransformerBase
{
    internal const string Loader = "HashTransform";

    internal const string ExpectedType = "Expected Text, Key, numeric, Boolean or DataViewRowId item type";

    private readonly HashingEstimator.ColumnOptions[] _columns;

    internal HashingTransformer(IHostEnvironment env, HashingEstimator.ColumnOptions[] columns)
        : base(env.Register(nameof(HashingTransformer)), Array.ConvertAll(columns, c => (c.Name, c.InputColumnName))) => _columns = columns;

    internal static bool CanHash(DataViewType item) =>
        item is TextDataViewType or KeyDataViewType or NumberDataViewType or BooleanDataViewType or RowIdDataViewType;

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer) => writer.WriteMany(_columns, column =>
    {
        writer.Write(column.Name);
        writer.Write(column.InputColumnName);
        writer.Write(column.NumberOfBits);
        writer.Write(column.Seed);
        writer.Write(column.UseOrderedHashing);
        writer.Write(column.Combine);
    });

    internal static HashingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadMany(() =>
        new HashingEstimator.ColumnOptions(reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadUInt32(), reader.ReadBoolean(), 0, reader.ReadBoolean())));

    private protected override void CheckInput(int pair, DataViewSchema.Column input) =>
        Check.Param(CanHash(input.Type.ItemType()), "inputSchema", ExpectedType);

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(schema, inputs, this);

    private sealed class Map(DataViewSchema schema, DataViewSchema.Column[] inputs, HashingTransformer owner) : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output)
        {
            var options = owner._columns[output];
            var key = new KeyDataViewType(typeof(uint), 1UL << options.NumberOfBits);
            return Inputs[output].Type is VectorDataViewType vector && !options.Combine ? new VectorDataViewType(key, vector.Size) : key;
        }

        protected override DataViewSchema.Annotations AnnotationsOf(int output)
        {
            var builder = new DataViewSchema.Annotations.Builder();
            if (TypeOf(output).IsKnownSizeVector()) builder.Add(Inputs[output].Annotations, kind => kind == AnnotationKinds.SlotNames);
            return builder.ToAnnotations();
        }

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            var (column, options) = (Inputs[output], owner._columns[output]);
            if (column.Type is VectorDataViewType vector && !options.Combine)
                return Generic.Invoke<Delegate>(Vector<int>, vector.ItemType.RawType, input, column, options);
            uint seed = options.UseOrderedHashing ? Murmur.Round(options.Seed, 0) : options.Seed;
            var hash = ValueHash.OfColumn(input, column, seed, options.NumberOfBits);
            return (ValueGetter<uint>)((ref uint key) => key = hash());
        }

        private static Delegate Vector<T>(DataViewRow row, DataViewSchema.Column column, HashingEstimator.ColumnOptions options)
        {
            var get = row.GetGetter<VBuffer<T>>(column);
            var hash = ValueHash.Of<T>(column.Type.ItemType(), options.NumberOfBits);
            VBuffer<T> source = default;
            return (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> destination) =>
            {
                get(ref source);
                var editor = VBufferEditor.Create(ref destination, source.Length);
                foreach (var (slot, value) in source.Items(all: true))
                    editor.Values[slot] = hash(value, options.UseOrderedHashing ? Murmur.Round(options.Seed, (uint)slot) : options.Seed);
                destination = editor.Commit();
            });
        }
    }
}
