using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ResNet.MLNet.Images;

/// <summary>
/// The custom mapping that loads images upright. Saved models name this contract and this assembly: its name, its columns and
/// the assembly's version stay as they are.
/// </summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class UprightContract : CustomMappingFactory<UprightContract.Source, UprightContract.Result>
{
    public const string Name = "ResNet.MLNet.LoadUprightImages";
    public const string PathColumn = "LoadUprightImages.Path";
    public const string ImageColumn = "LoadUprightImages.Image";

    public static Action<Source, Result> Mapping { get; } = static (source, result) => result.Path = source.Path;

    public override Action<Source, Result> GetMapping() => Mapping;

    public sealed class Source
    {
        [ColumnName(PathColumn)]
        public string Path { get; set; } = "";
    }

    public sealed class Result
    {
        [NoColumn]
        public string? Path { get; set; }

        /// <summary>The current row's image, decoded when it is asked for. Each read makes a new one, which its reader owns, as
        /// ML.NET's image columns do.</summary>
        [ColumnName(ImageColumn), AnyImageType]
        public MLImage Image
        {
            get
            {
                if (string.IsNullOrEmpty(Path))
                    throw new InvalidDataException("LoadUprightImages: a row has no path. Drop such rows.");
                var image = UprightImage.Load(Path);
                image.Tag = Path;
                return image;
            }
            set => throw new NotSupportedException("ML.NET asks for members that can be set, but sets none of a mapping's result.");
        }
    }
}
