using ResNet.Core;

namespace ResNet.Tests.Core.Images;

public class PreprocessingTests
{
    [Fact]
    public void PresetsAreTorchvisions()
    {
        Assert.Equal((256, 224, Interpolation.Bilinear), Parts(Preprocessing.ImageNet));
        Assert.Equal((232, 224, Interpolation.Bilinear), Parts(Preprocessing.ImageNetV2));
        Assert.Equal((32, 32, Interpolation.Bilinear), Parts(Preprocessing.Cifar));
        Assert.Equal(Preprocessing.ImageNet, new Preprocessing());
    }

    [Fact]
    public void JsonGivesTheSameRecordBack()
    {
        var preprocessing = new Preprocessing { Resize = 235, Crop = 220, Interpolation = Interpolation.Bicubic };
        Assert.Equal("""{"Resize":235,"Crop":220,"Interpolation":"Bicubic"}""", preprocessing.ToJson());
        Assert.Equal(preprocessing, Preprocessing.FromJson(preprocessing.ToJson()));
        Assert.Equal(Preprocessing.ImageNet, Preprocessing.FromJson("{}"));
    }

    [Theory]
    [InlineData("", "no preprocessing")]
    [InlineData("null", "no preprocessing")]
    [InlineData("[256, 224]", "no preprocessing")]
    [InlineData("""{"Resize":256.5}""", "no preprocessing")]
    [InlineData("""{"Mean":[0.5]}""", "Mean")]
    [InlineData("""{"Interpolation":"Nearest"}""", "Interpolation")]
    [InlineData("""{"Interpolation":7}""", "Interpolation")]
    [InlineData("""{"Resize":0}""", "Resize is 0; it must be 1 to 4096")]
    [InlineData("""{"Crop":4097}""", "Crop is 4097; it must be 1 to 4096")]
    public void OtherTextIsRefused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Preprocessing.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void ValuesAreCheckedWhenSet()
    {
        Assert.Contains("Crop is -1", Assert.Throws<ArgumentException>(() => Preprocessing.ImageNet with { Crop = -1 }).Message, StringComparison.Ordinal);
        Assert.Contains("Interpolation is 2", Assert.Throws<ArgumentException>(() => new Preprocessing { Interpolation = (Interpolation)2 }).Message, StringComparison.Ordinal);
    }

    private static (int Resize, int Crop, Interpolation Interpolation) Parts(Preprocessing preprocessing) =>
        (preprocessing.Resize, preprocessing.Crop, preprocessing.Interpolation);
}
