using System.Text;
using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

public class WeightsFileTests
{
    [Theory]
    [InlineData("types.pth", "weights.safetensors")]
    [InlineData("types-legacy.pth", "weights.zip")]
    [InlineData("types.safetensors", "weights.pth")]
    [InlineData("keras.tgz", "model.json")]
    public void The_content_decides_not_the_name(string file, string name)
    {
        var folder = Directory.CreateTempSubdirectory("weights").FullName;
        try
        {
            var renamed = Path.Combine(folder, name);
            File.Copy(WeightFixtures.File(file), renamed);
            Assert.Equal(WeightsFile.Read(WeightFixtures.File(file)).Keys, WeightsFile.Read(renamed).Keys);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("<!DOCTYPE html><html><body>404</body></html>", "a web page")]
    [InlineData("\n <html lang=en>", "a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n", "git lfs pull")]
    [InlineData("{\"weights\": 1}", "JSON")]
    [InlineData("\u0089HDF\r\n\u001a\n", "HDF5")]
    [InlineData("\u0089PNG\r\n\u001a\n", "an image")]
    [InlineData("\u0080\u0004\u0095\u0002", "pickle")]
    [InlineData("\u0008\u0007\u0012\u0007pytorch\u001a\u00032.0:\u0005", "ONNX")]
    [InlineData("BZh91AY", "compressed")]
    [InlineData("hello, world", "unknown format")]
    [InlineData("\u001f\u008b\u0008\0\0\0\0\0\0\u0003garbage", "archive")]
    [InlineData("PK\u0005\u0006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "nothing")]
    public void Other_files_are_named_for_what_they_are(string content, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => WeightsFile.Read(new MemoryStream(Encoding.Latin1.GetBytes(content)), "thing.pth"));
        Assert.StartsWith("thing.pth: ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_folder_without_a_model_and_a_missing_file_are_errors_that_name_them()
    {
        var folder = Directory.CreateTempSubdirectory("weights").FullName;
        try
        {
            Assert.Contains(folder, Assert.Throws<InvalidDataException>(() => WeightsFile.Read(folder)).Message);
            Assert.Contains("none.pth", Assert.Throws<FileNotFoundException>(() => WeightsFile.Read(Path.Combine(folder, "none.pth"))).Message);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Theory]
    [InlineData("Core/Networks/Fixtures/logits.txt")]
    [InlineData("Core/Weights/Fixtures/make_fixtures.py")]
    [InlineData("Behaviour/MicrosoftML/Fixtures/rotated.jpg")]
    public void Files_of_other_kinds_are_refused(string file) =>
        Assert.Contains("these are no weights", Assert.Throws<InvalidDataException>(() => WeightsFile.Read(Path.Combine(Repository.Root, "ResNet.Tests", file))).Message);
}
