using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Data;

public sealed class ImageFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("image-folder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Add(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var image = MLImage.CreateFromPixels(4, 4, MLPixelFormat.Rgba32, new byte[64]);
        image.Save(path);
        return path;
    }

    private void AddMany(string label, int count)
    {
        for (var i = 0; i < count; i++)
            Add(Path.Combine(label, $"{i:D3}.png"));
    }

    [Fact]
    public void Subfolders_are_classes_and_bad_files_are_listed()
    {
        AddMany("cat", 3);
        AddMany("dog", 2);
        File.WriteAllText(Path.Combine(_folder, "cat", "zero.jpg"), "");
        File.WriteAllText(Path.Combine(_folder, "cat", "notes.txt"), "not looked at");
        var folder = ImageFolder.Open(_folder);
        Assert.Equal(["cat", "dog"], folder.Classes);
        Assert.Equal(["cat", "cat", "cat", "dog", "dog"], folder.Images.Select(i => i.Label));
        var bad = Assert.Single(folder.Unusable);
        Assert.Equal(("zero.jpg", "is empty (0 bytes)"), (Path.GetFileName(bad.Path), bad.Reason));
        Assert.Equal(5, folder.ToDataView(new MLContext(1)).GetColumn<string>("ImagePath").Count());
    }

    [Fact]
    public void An_unusable_file_is_an_error_where_the_options_say_so()
    {
        AddMany("cat", 3);
        AddMany("dog", 2);
        File.WriteAllText(Path.Combine(_folder, "cat", "zero.jpg"), "");
        var message = Assert.Throws<InvalidDataException>(() => ImageFolder.Open(_folder, new() { Unusable = UnusableImagePolicy.Throw })).Message;
        Assert.Contains("1 of 6 files", message);
        Assert.Contains("zero.jpg' is empty", message);
        Assert.Equal(5, ImageFolder.Open(_folder, new() { MaximumPixels = 16 }).Images.Count);
        Assert.Contains("4×4", Assert.Throws<InvalidDataException>(() => ImageFolder.Open(_folder, new() { MaximumPixels = 15 })).Message);
    }

    [Fact]
    public void A_split_takes_the_same_share_of_each_class_and_repeats_by_its_seed()
    {
        AddMany("few", 10);
        AddMany("many", 40);
        var folder = ImageFolder.Open(_folder);
        var (remaining, taken) = folder.Split(0.2, seed: 3);
        Assert.Equal((2, 8), (taken.Images.Count(i => i.Label == "few"), taken.Images.Count(i => i.Label == "many")));
        Assert.Equal(folder.Images.Select(i => i.ImagePath), remaining.Images.Concat(taken.Images).Select(i => i.ImagePath).Order(StringComparer.Ordinal));
        Assert.Equal(taken.Images.Select(i => i.ImagePath), folder.Split(0.2, seed: 3).Taken.Images.Select(i => i.ImagePath));
        Assert.NotEqual(taken.Images.Select(i => i.ImagePath), folder.Split(0.2, seed: 4).Taken.Images.Select(i => i.ImagePath));
    }

    [Fact]
    public void Files_can_be_taken_out()
    {
        AddMany("cat", 3);
        AddMany("dog", 2);
        var folder = ImageFolder.Open(_folder);
        var rest = folder.Without([folder.Images[1].ImagePath, "elsewhere.png"]);
        Assert.Equal(["000.png", "002.png", "000.png", "001.png"], rest.Images.Select(i => Path.GetFileName(i.ImagePath)));
        Assert.Equal((4, 2), (rest.Files.Count, rest.Classes.Count));
    }

    [Fact]
    public void A_folder_that_is_missing_is_named() =>
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Open(Path.Combine(_folder, "nowhere"))).Message);

    [Fact]
    public void One_class_is_not_enough()
    {
        AddMany("cat", 3);
        Assert.Contains("one subfolder ('cat')", Assert.Throws<InvalidDataException>(() => ImageFolder.Open(_folder)).Message);
    }

    [Fact]
    public void A_class_without_a_usable_image_is_named_with_the_reason()
    {
        AddMany("cat", 3);
        Directory.CreateDirectory(Path.Combine(_folder, "dog"));
        Assert.Contains("'dog'", Assert.Throws<InvalidDataException>(() => ImageFolder.Open(_folder)).Message);
        File.WriteAllText(Path.Combine(_folder, "dog", "a.jpg"), "text");
        Assert.Contains("is not a JPEG", Assert.Throws<InvalidDataException>(() => ImageFolder.Open(_folder)).Message);
    }
}
