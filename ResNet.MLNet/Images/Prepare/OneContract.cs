using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ResNet.MLNet.Images;

/// <summary>
/// A custom mapping that reads nothing and gives each row the number 1: what ML.NET's own transforms can turn into any
/// constant. Mapping a column of the data instead would read it, and an image column would be decoded twice.
/// </summary>
[CustomMappingFactoryAttribute(Name)]
internal sealed class OneContract : CustomMappingFactory<OneContract.Source, OneContract.Result>
{
    public const string Name = "ResNet.MLNet.One";

    public const int One = 1;

    public static Action<Source, Result> Mapping { get; } = static (_, result) => result.Value = One;

    public override Action<Source, Result> GetMapping() => Mapping;

    public sealed class Source;

    public sealed class Result
    {
        [ColumnName(HelperColumns.One)]
        public int Value { get; set; }
    }
}
