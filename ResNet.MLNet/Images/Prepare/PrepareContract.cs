using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ResNet.MLNet.Images;

/// <summary>
/// The custom mapping that resizes and crops as torchvision does. Saved models name this contract and this assembly: its name,
/// its columns and the assembly's version stay as they are.
/// </summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class PrepareContract : CustomMappingFactory<PrepareContract.Source, PreparedImage>
{
    public const string Name = "ResNet.MLNet.PrepareImages";

    public static Action<Source, PreparedImage> Mapping { get; } = static (source, result) => result.Fill(source.Image, source.Preprocessing);

    public override Action<Source, PreparedImage> GetMapping() => Mapping;

    public sealed class Source
    {
        [ColumnName(HelperColumns.Image), AnyImageType]
        public MLImage? Image { get; set; }

        [ColumnName(HelperColumns.Preprocessing)]
        public string Preprocessing { get; set; } = "";
    }
}
