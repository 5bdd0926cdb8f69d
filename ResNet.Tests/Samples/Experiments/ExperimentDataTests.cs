using Experiments;
using Microsoft.ML.Data;
using ResNet.Core;
using TorchSharp;

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
    public void ImagesInFoldersOfClassesAreReadAndSpreadOverThem()
    {
        using var folder = new TemporaryFolder();
        foreach (var (part, name, red) in new[] { ("train", "cat", 10), ("train", "dog", 20), ("test", "cat", 30), ("test", "dog", 40) })
        {
            Directory.CreateDirectory(folder.File($"{part}/{name}"));
            foreach (var i in new[] { 0, 1, 2 })
                Save(folder.File($"{part}/{name}/{i}.png"), side: 8, (byte)(red + i));
        }

        var settings = new Settings { Scale = Scale.Full, Data = folder.Path };
        var data = ImageData.Load(settings, train: 4, test: 100);
        Assert.Equal([0, 1, 0, 1], data.Train.Labels.OneEach);
        Assert.Equal((6, 2, 8), (data.Test.Count, data.Test.Classes, data.Test.Height));
        using var batch = data.Train.GetBatch([3]);
        Assert.Equal([1, 3, 8, 8], batch.Pixels.shape);
        // Red, green, blue of the second dog.
        Assert.Equal([21, 100, 200], new[] { 0, 1, 2 }.Select(channel => (int)batch.Pixels[0, channel, 5, 5].item<byte>()));
        Assert.Equal(4, ImageData.Load(settings with { Scale = Scale.Quick }, train: 4, test: 4).Train.Height);

        Save(folder.File("train/dog/3.png"), side: 10, 1);
        Assert.Contains("3.png", Assert.Throws<InvalidDataException>(() => ImageData.Load(settings, train: 100, test: 4)).Message);
        Directory.Delete(folder.File("test/dog"), recursive: true);
        Assert.Contains("'test'", Assert.Throws<ArgumentException>(() => ImageData.Load(settings, train: 4, test: 4)).Message);
    }

    private static void Save(string path, int side, byte red)
    {
        using var image = MLImage.CreateFromPixels(side, side, MLPixelFormat.Rgba32, [.. Enumerable.Range(0, side * side).SelectMany(_ => new byte[] { red, 100, 200, 255 })]);
        image.Save(path);
    }

    [Fact]
    public void PapersLearningRatesAreThoseOfTheirIterations()
    {
        const int Epochs = 164, Steps = 391;
        var (shallow, deep) = (NetworkTraining.Paper(56), NetworkTraining.Paper(110));
        // 0.1 to 32,000 of 64,000 iterations, 0.01 to 48,000, 0.001 to the end; 110 layers start with 0.01.
        Assert.Equal([1, 1, 0.1, 0.01], new[] { 0, 31_900, 32_200, 48_200 }.Select(step => shallow.Factor(new(step, Epochs * Steps, Epochs))), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.1, 1, 1, 0.1, 0.01], new[] { 0, 400, 31_900, 32_200, 48_200 }.Select(step => deep.Factor(new(step, Epochs * Steps, Epochs))), (a, b) => Math.Abs(a - b) < 1e-12);
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
