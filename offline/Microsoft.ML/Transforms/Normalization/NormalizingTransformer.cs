using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Numeric columns scaled as was learnt.</summary>
public sealed partial class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string Name = "Normalizer";

    private readonly DataViewType[] _types;
    private readonly ColumnScale[] _scales;

    internal NormalizingTransformer(IHost host, (string Output, string Input)[] columns, DataViewType[] types, ColumnScale[] scales) : base(host, columns) =>
        (_types, _scales) = (types, scales);

    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Check.Param((uint)index < (uint)_scales.Length, nameof(index));
        return _scales[index].Parameters;
    }

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        const string Expected = "scalar or known-size vector of Single";
        if (input.Type.ValueCount() == 0) throw Errors.WrongColumn("input", input.Name, Expected, "variable-size vector");
        var item = input.Type.ItemType();
        if (item != NumberDataViewType.Single && item != NumberDataViewType.Double) throw Errors.WrongColumn("input", input.Name, Expected, input.Type.ToString());
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(this, schema, inputs);

    private protected override string LoaderName => Name;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.WritePairs(ColumnPairs);
        for (int i = 0; i < _scales.Length; i++)
        {
            TypeCodec.Write(writer, _types[i]);
            _scales[i].Write(writer);
        }
    }

    internal static NormalizingTransformer Load(ModelReader reader)
    {
        var pairs = reader.ReadPairs();
        var (types, scales) = (new DataViewType[pairs.Length], new ColumnScale[pairs.Length]);
        for (int i = 0; i < pairs.Length; i++) scales[i] = ColumnScale.Read(reader, types[i] = TypeCodec.Read(reader));
        return new NormalizingTransformer(reader.Environment.Register(nameof(NormalizingTransformer)), pairs, types, scales);
    }

    private sealed class Map(NormalizingTransformer parent, DataViewSchema schema, DataViewSchema.Column[] inputs) : OneToOneMap(schema, inputs, parent.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output) => parent._types[output];

        protected override DataViewSchema.Annotations AnnotationsOf(int output)
        {
            var builder = new DataViewSchema.Annotations.Builder();
            builder.AddIsNormalized();
            builder.Add(Inputs[output].Annotations, name => name == AnnotationKinds.SlotNames);
            return builder.ToAnnotations();
        }

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            return parent._scales[output].MakeGetter(input, Inputs[output]);
        }
    }
}
