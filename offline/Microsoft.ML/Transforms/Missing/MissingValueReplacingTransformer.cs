using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns with their missing values replaced.</summary>
public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    internal const string Loader = "NAReplaceTransform";

    private readonly double[][] _replacements;

    internal MissingValueReplacingTransformer(IHostEnvironment env, (string Output, string Input)[] columns, double[][] replacements)
        : base(env.Register(nameof(MissingValueReplacingTransformer)), columns) => _replacements = replacements;

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.WritePairs(ColumnPairs);
        foreach (var values in _replacements) writer.WriteMany(values, writer.Write);
    }

    internal static MissingValueReplacingTransformer Load(ModelReader reader)
    {
        var columns = reader.ReadPairs();
        return new(reader.Environment, columns, Array.ConvertAll(columns, _ => reader.ReadMany(reader.ReadDouble)));
    }

    private protected override void CheckInput(int pair, DataViewSchema.Column input) => MissingValueReplacingEstimator.CheckItem(input.Type.ItemType());

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(schema, inputs, this);

    private sealed class Map(DataViewSchema schema, DataViewSchema.Column[] inputs, MissingValueReplacingTransformer owner) : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output) => Inputs[output].Type;

        protected override DataViewSchema.Annotations AnnotationsOf(int output)
        {
            var builder = new DataViewSchema.Annotations.Builder();
            builder.Add(Inputs[output].Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
            return builder.ToAnnotations();
        }

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            return Generic.Invoke<Delegate>(Typed<float>, Inputs[output].Type.ItemType().RawType, input, Inputs[output], owner._replacements[output]);
        }

        private static Delegate Typed<T>(DataViewRow row, DataViewSchema.Column column, double[] replacements) where T : IFloatingPoint<T>
        {
            var values = Array.ConvertAll(replacements, T.CreateTruncating);
            if (values.Length == 1) return ItemGetters.Make<T, T>(row, column, value => T.IsNaN(value) ? values[0] : value);
            var get = row.GetGetter<VBuffer<T>>(column);
            VBuffer<T> source = default;
            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
            {
                get(ref source);
                source.CopyToDense(ref destination);
                var editor = VBufferEditor.CreateFromBuffer(ref destination);
                for (int i = 0; i < editor.Values.Length; i++)
                    if (T.IsNaN(editor.Values[i])) editor.Values[i] = values[i];
                destination = editor.Commit();
            });
        }
    }
}
