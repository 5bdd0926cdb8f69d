using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageGrayscalingEstimator : TrivialEstimator<ImageGrayscalingTransformer>
{
    internal ImageGrayscalingEstimator(IHostEnvironment environment, (string Output, string Input)[] columns)
        : base(environment.Register(nameof(ImageGrayscalingEstimator)), new ImageGrayscalingTransformer(environment, columns)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check.NotNull(inputSchema, nameof(inputSchema));
        return inputSchema.With([.. Transformer.Columns.Select(pair => inputSchema.FindImage(pair.Input).Renamed(pair.Output))]);
    }
}
