using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Data;

public sealed class DataCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("data-check-").FullName;

    public DataCheckTests()
    {
        var salt = 0u;
        foreach (var name in new[] { "train/cat/a.png", "train/cat/b.png", "train/cat/c.png", "train/dog/d.png", "train/dog/e.png", "val/cat/f.png", "val/dog/g.png" })
            Save(name, ++salt);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Save(string name, uint salt, int shrink = 1)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Noise of 9×8 blocks: it survives resizing and compression as photos do.
        var picture = PictureLookTests.Noise(9, 8, salt).Resized(180 / shrink, 160 / shrink);
        using var image = picture.ToMLImage();
        image.Save(path);
    }

    private void Copy(string from, string to) => File.Copy(Path.Combine(_folder, from), Path.Combine(_folder, to));

    private DataReport Run(DataCheckOptions? options = null) =>
        DataCheck.Run(ImageFolder.Open(Path.Combine(_folder, "train")), ImageFolder.Open(Path.Combine(_folder, "val")), options ?? new() { MinimumImagesPerClass = 1 });

    [Fact]
    public void Sound_data_are_counted_and_not_warned_of()
    {
        var report = Run();
        Assert.Equal([new ClassCount("cat", 3, 1), new ClassCount("dog", 2, 1)], report.Classes);
        Assert.Equal(new ImageSizes((180, 160), (180, 160), (180, 160)), report.Sizes);
        Assert.Equal((5, 2, 0, 0), (report.Train, report.Validation, report.DuplicateGroups, report.NearDuplicateImages));
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void A_copy_in_validation_is_found_byte_for_byte()
    {
        Copy("train/cat/a.png", "val/cat/x.png");
        var report = Run();
        var group = Assert.Single(report.Duplicates);
        Assert.Equal(["a.png", "x.png"], group.Images.Select(i => Path.GetFileName(i.Path)));
        Assert.True(group.AcrossSplits);
        Assert.False(group.ConflictingLabels);
        Assert.Contains("byte for byte", Assert.Single(report.Warnings));
        Assert.Empty(report.NearDuplicates);
    }

    [Fact]
    public void One_image_under_two_labels_comes_first()
    {
        Copy("train/cat/b.png", "train/cat/same.png");
        Copy("train/cat/a.png", "train/dog/x.png");
        var report = Run();
        Assert.Equal([true, false], report.Duplicates.Select(g => g.ConflictingLabels));
        Assert.Contains("several labels", report.Warnings[0]);
        var shortened = Run(new() { ListedDuplicates = 1 });
        Assert.Single(shortened.Duplicates);
        Assert.Equal(2, shortened.DuplicateGroups);
    }

    [Fact]
    public void Copies_on_the_same_side_look_the_same_too()
    {
        Save("train/cat/x.jpg", salt: 2, shrink: 2);
        Save("train/dog/y.jpg", salt: 1);
        var report = Run();
        // The ones under two labels come first.
        Assert.Equal([("a.png", "y.jpg"), ("b.png", "x.jpg")], report.LookAlikes.Select(pair => (Path.GetFileName(pair.First.Path), Path.GetFileName(pair.Second.Path))));
        Assert.Equal((2, 1, 0), (report.LookAlikeImages, report.ConflictingLookAlikes, report.NearDuplicateImages));
        Assert.Equal(2, report.Warnings.Count);
        Assert.Contains("under another label", report.Warnings[0]);
        Assert.Contains("counts several times", report.Warnings[1]);
        Assert.Empty(Run(new() { NearDuplicates = false, MinimumImagesPerClass = 1 }).LookAlikes);
    }

    [Fact]
    public void A_smaller_recompressed_copy_looks_the_same()
    {
        Save("val/cat/small.jpg", salt: 1, shrink: 2);
        var report = Run();
        var pair = Assert.Single(report.NearDuplicates);
        Assert.Equal(("a.png", "small.jpg"), (Path.GetFileName(pair.Train.Path), Path.GetFileName(pair.Validation.Path)));
        Assert.InRange(pair.Distance, 0, 6);
        Assert.Contains("look at the pairs", Assert.Single(report.Warnings));
        Assert.Empty(Run(new() { MaximumGrayDifference = 0, MinimumImagesPerClass = 1 }).NearDuplicates);
        Assert.Empty(Run(new() { NearDuplicates = false, MinimumImagesPerClass = 1 }).NearDuplicates);
    }

    [Fact]
    public void A_file_that_only_decoding_shows_to_be_damaged_is_listed()
    {
        // Sound from the signature to IEND, but the pixels do not begin as zlib's data do: IDAT's are at 41.
        var path = Path.Combine(_folder, "train/dog/broken.png");
        Copy("train/dog/d.png", "train/dog/broken.png");
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(41, 8).Clear();
        File.WriteAllBytes(path, bytes);
        Assert.Equal(new UnusableImage(path, "can't be decoded"), Assert.Single(Run().Unusable));
    }

    [Fact]
    public void Small_and_uneven_classes_and_unseen_labels_are_warned_of()
    {
        for (var i = 0u; i < 20; i++)
            Save($"train/cat/more{i}.png", 100 + i);
        Save("val/fox/z.png", 50);
        var warnings = Run(new() { MinimumImagesPerClass = 10 }).Warnings;
        Assert.Equal(3, warnings.Count);
        Assert.Contains("classes that training lacks: 'fox'", warnings[0]);
        Assert.Contains("fewer than 10 training images: 'dog'", warnings[1]);
        Assert.Contains("'cat' has 23 training images, 'dog' only 2", warnings[2]);
    }

    [Fact]
    public void The_contents_hash_knows_classes_and_bytes_but_not_names()
    {
        var before = Run().ContentHash;
        File.Move(Path.Combine(_folder, "train/cat/a.png"), Path.Combine(_folder, "train/cat/z.png"));
        Assert.Equal(before, Run().ContentHash);
        File.Move(Path.Combine(_folder, "train/cat/z.png"), Path.Combine(_folder, "train/dog/z.png"));
        Assert.NotEqual(before, Run().ContentHash);
    }
}
