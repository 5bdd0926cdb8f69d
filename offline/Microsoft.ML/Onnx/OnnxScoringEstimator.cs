using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Has nothing to learn: its transformer, with the open model, exists from the beginning and is the same for every fit.</summary>
public sealed class OnnxScoringEstimator : TrivialEstimator<OnnxTransformer>
{
    internal OnnxScoringEstimator(IHostEnvironment environment, OnnxTransformer transformer)
        : base(environment.Register(nameof(OnnxTransformer)), transformer) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        foreach (string name in Transformer.Inputs)
        {
            if (!inputSchema.TryFindColumn(name, out var column)) throw Errors.MissingColumn("input", name);
            var variable = Transformer.Model.Inputs.FirstOrDefault(v => v.Name == name)
                ?? throw new InvalidOperationException($"Column {name} doesn't match input node names of model.");
            var expected = ((VectorDataViewType)variable.Type).ItemType;
            if (column.ItemType != expected) throw Errors.WrongColumn("input", name, expected.ToString(), column.ItemType.ToString());
        }
        return inputSchema.With([.. Transformer.Outputs.Select(output => new SchemaShape.Column(output.Name,
            output.Type.IsKnownSizeVector() ? SchemaShape.Column.VectorKind.Vector : SchemaShape.Column.VectorKind.VariableVector, output.Type.ItemType(), false))]);
    }
}
