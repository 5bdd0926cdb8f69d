using Experiments;

namespace ResNet.Tests.Samples;

public class ExperimentDataTests
{
    [Fact]
    public void Cifar10RecordsAreRead()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("data_batch_1.bin"), [.. Record(3, 10), .. Record(7, 20)]);
        File.WriteAllBytes(folder.File("test_batch.bin"), Record(9, 30));
        var data = ImageData.Load(new Settings { Scale = Scale.Full, Data = folder.Path }, train: 2, test: 1);
        Assert.Equal([3, 7], data.Train.Labels.OneEach);
        Assert.Equal([9], data.Test.Labels.OneEach);
        using var batch = data.Train.GetBatch([1]);
        Assert.Equal([1, 3, 32, 32], batch.Pixels.shape);
        // Planes of 20, 21 and 22.
        Assert.Equal([20, 21, 22], new[] { 0, 1, 2 }.Select(channel => (int)batch.Pixels[0, channel, 31, 31].item<byte>()));
    }

    [Fact]
    public void WrongCifar10FilesAreNamed()
    {
        using var folder = new TemporaryFolder();
        var settings = new Settings { Data = folder.Path };
        Assert.Contains("data_batch_1.bin", Assert.Throws<FileNotFoundException>(() => ImageData.Load(settings, 1, 1)).Message);
        File.WriteAllBytes(folder.File("data_batch_1.bin"), new byte[100]);
        Assert.Contains("records of 3073", Assert.Throws<InvalidDataException>(() => ImageData.Load(settings, 1, 1)).Message);
        File.WriteAllBytes(folder.File("data_batch_1.bin"), Record(10, 0));
        Assert.Contains("class 10", Assert.Throws<InvalidDataException>(() => ImageData.Load(settings, 1, 1)).Message);
    }

    [Fact]
    public void HalvingTakesMeansOfFourPixels() =>
        Assert.Equal([3, 5, 100, 0], Pixels.Halve([1, 3, 5, 5, 3, 5, 5, 5, 100, 100, 0, 0, 100, 100, 0, 1], side: 4));

    [Fact]
    public void CsvQuotesWhatNeedsIt()
    {
        var table = new Table("t", ["a", "b"]);
        table.Add("x, \"y\"", 0.5);
        Assert.Equal("a,b\r\n\"x, \"\"y\"\"\",0.5\r\n", table.ToCsv());
        Assert.Throws<ArgumentException>(() => table.Add(1));
    }

    [Theory]
    [InlineData(false, new[] { 0.0, 7.3 }, 0.0, "0", "8")]
    [InlineData(true, new[] { 1e-3, 50.0 }, 1e-3, "1e-3", "1e2")]
    public void AxesEndAtRoundValues(bool logarithmic, double[] values, double first, string from, string to)
    {
        var axis = new Axis(values, logarithmic);
        var ticks = axis.Ticks().ToArray();
        Assert.Equal((from, to), (ticks[0].Label, ticks[^1].Label));
        Assert.Equal(0, axis.Place(first), 9);
        Assert.Equal(1, ticks[^1].Place, 9);
    }

    private static byte[] Record(byte label, byte value) =>
        [label, .. Enumerable.Range(0, 3 * 32 * 32).Select(i => (byte)(value + (i / 1024)))];
}
