using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
{
    internal ImageLoadingEstimator(IHostEnvironment environment, string imageFolder, bool decode, (string Output, string Input)[] columns)
        : base(environment.Register(nameof(ImageLoadingEstimator)), new ImageLoadingTransformer(environment, imageFolder, decode, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With([.. Transformer.Columns.Select(pair =>
        {
            var column = inputSchema.Find(pair.Input);
            if (column.ItemType is not TextDataViewType || column.Kind != SchemaShape.Column.VectorKind.Scalar)
                throw Errors.WrongColumn("input", pair.Input, TextDataViewType.Instance.ToString(), column.GetTypeString());
            return new SchemaShape.Column(pair.Output, Transformer.OutputType);
        })]);
    }
}
