using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageGrayscalingTransformer : OneToOneTransformerBase
{
    internal const string Name = "ImageGrayscaleTransform";

    internal ImageGrayscalingTransformer(IHostEnvironment environment, (string Output, string Input)[] columns)
        : base(environment.Register(nameof(ImageGrayscalingTransformer)), columns) { }

    internal static ImageGrayscalingTransformer Load(ModelReader reader) => new(reader.Environment, reader.ReadPairs());

    private protected override string LoaderName => Name;

    private protected override void SaveTo(ModelWriter writer) => writer.WritePairs(ColumnPairs);

    internal (string Output, string Input)[] Columns => ColumnPairs;

    private protected override void CheckInput(int pair, DataViewSchema.Column input) => ImageShapes.CheckImage(input);

    private protected override RowMap MakeMap(DataViewSchema schema, DataViewSchema.Column[] inputs) => new Map(this, schema, inputs);

    private sealed class Map(ImageGrayscalingTransformer owner, DataViewSchema schema, DataViewSchema.Column[] inputs)
        : OneToOneMap(schema, inputs, owner.ColumnPairs)
    {
        protected override DataViewType TypeOf(int output) => Inputs[output].Type;

        public override Delegate MakeGetter(DataViewRow input, int output, out Action dispose)
        {
            var getSource = input.GetGetter<MLImage>(Inputs[output]);
            MLImage source = null;
            dispose = () => source?.Dispose();
            return (ValueGetter<MLImage>)((ref MLImage image) =>
            {
                image?.Dispose();
                getSource(ref source);
                if (source == null) return;
                image = source.ToGrayscale();
                image.Tag = source.Tag;
            });
        }
    }
}
