using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Data;

public sealed class ImageListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("image-list-").FullName;

    public ImageListTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "photos"));
        foreach (var name in new[] { "a.png", "b.png", "c, d.png" })
        {
            using var image = MLImage.CreateFromPixels(4, 4, MLPixelFormat.Rgba32, new byte[64]);
            image.Save(Path.Combine(_folder, "photos", name));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static IEnumerable<(string, string)> Rows(ImageSet set) => set.Images.Select(i => (Path.GetFileName(i.ImagePath), i.Label));

    [Fact]
    public void Lines_are_images_relative_to_the_list()
    {
        var set = ImageList.Open(Write("list.csv", "photos/b.png,dog\r\nphotos/a.png,cat\r\n"));
        Assert.Equal([("b.png", "dog"), ("a.png", "cat")], Rows(set));
        Assert.Equal(["cat", "dog"], set.Classes);
        Assert.All(set.Images, i => Assert.True(File.Exists(i.ImagePath)));
    }

    [Fact]
    public void Quoted_fields_may_hold_commas_quotes_and_line_breaks()
    {
        var set = ImageList.Open(Write("list.csv", "\"photos/c, d.png\",\"a \"\"big\"\" cat\"\n\n\"photos/a.png\",\"two\nlines\"\n"));
        Assert.Equal([("c, d.png", "a \"big\" cat"), ("a.png", "two\nlines")], Rows(set));
    }

    [Fact]
    public void A_header_names_the_columns_and_tabs_separate_in_tsv()
    {
        var set = ImageList.Open(Write("list.tsv", "split\tLabel\tImagePath\ntrain\tcat\tphotos/a.png\ntest\tdog\tphotos/c, d.png\n"));
        Assert.Equal([("a.png", "cat"), ("c, d.png", "dog")], Rows(set));
    }

    [Fact]
    public void A_missing_file_is_listed_and_the_rest_is_used()
    {
        var set = ImageList.Open(Write("list.csv", "photos/a.png,cat\nphotos/x.png,cat\nphotos/b.png,dog\n"));
        Assert.Equal(2, set.Images.Count);
        Assert.Equal((Path.Combine(_folder, "photos", "x.png"), "does not exist"), (Assert.Single(set.Unusable).Path, set.Unusable[0].Reason));
    }

    [Theory]
    [InlineData("photos/a.png,cat\nphotos/b.png\n", "line 2: expected a path and a class")]
    [InlineData("photos/a.png,cat\nphotos/b.png,\n", "line 2: expected a path and a class")]
    [InlineData("photos/a.png,cat\n\n\"photos/b.png,dog\n", "line 3: a quoted field is not closed")]
    [InlineData("photos/a.png,cat\nphotos/b.png,cat\n", "one class ('cat')")]
    [InlineData("", "no image")]
    [InlineData("path,label\nphotos/a.png,cat\nphotos/x.png,dog\n", "class 'dog'")]
    [InlineData("photos/a.png,cat\nphotos/\0.png,dog\n", "line 2: the path holds a zero byte")]
    public void What_is_wrong_is_said_with_its_line(string text, string expected)
    {
        var list = Write("list.csv", text);
        var message = Assert.Throws<InvalidDataException>(() => ImageList.Open(list)).Message;
        Assert.Contains(expected, message);
        Assert.Contains(list, message);
    }

    [Fact]
    public void A_missing_list_is_named() =>
        Assert.Contains("nowhere.csv", Assert.Throws<FileNotFoundException>(() => ImageList.Open(Path.Combine(_folder, "nowhere.csv"))).Message);
}
