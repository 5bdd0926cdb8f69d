using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Columns of values as keys into the values seen when fitting.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string Loader = "TermTransform";

    private readonly TermMap[] _terms;
    private readonly bool _asText;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, (string Output, string Input)[] columns, TermMap[] terms, bool asText)
        : base(env.Register(nameof(ValueToKeyMappingTransformer)), columns) => (_terms, _asText) = (terms, asText);

    private protected override string LoaderName => Loader;

    private protected override void SaveTo(ModelWriter writer)
    {
        writer.WritePairs(ColumnPairs);
        foreach (var terms in _terms) terms.Write(writer);
        writer.Write(_asText);
    }

    internal static ValueToKeyMappingTransformer Load(ModelReader reader)
    {
        var columns = reader.ReadPairs();
        return new(reader.Environment, columns, Array.ConvertAll(columns, _ => TermMap.Read(reader)), reader.ReadBoolean());
    }

    private protected override void CheckInput(int pair, DataViewSchema.Column input)
    {
        var expected = _terms[pair].Type;
        Check.That(input.Type.ItemType().Equals(expected),
            $"Could not apply a map over type '{expected}' to column '{ColumnPairs[pair].Output}' since it has type '{input.Type}'");
    }

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(schema, inputs, this);

    private sealed class Map(DataViewSchema schema, DataViewSchema.Column[] inputs, ValueToKeyMappingTransformer owner)
        : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output) =>
            Inputs[output].Type.WithItem(new KeyDataViewType(typeof(uint), Math.Max(1, owner._terms[output].Count)));

        protected override DataViewSchema.Annotations AnnotationsOf(int output)
        {
            var builder = new DataViewSchema.Annotations.Builder();
            var (terms, input) = (owner._terms[output], Inputs[output]);
            builder.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
            if (terms.Count > 0)
                if (terms.Type is KeyDataViewType && input.HasKeyValues()) terms.AddKeyValuesOf(builder, input);
                else terms.AddKeyValues(builder, owner._asText);
            return builder.ToAnnotations();
        }

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            dispose = null;
            return owner._terms[output].MakeGetter(input, Inputs[output]);
        }
    }
}
