using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;
using Xunit;

namespace ResNet.Tests.MLNet.MultiLabel;

/// <summary>Label columns that are of another kind, or hold what no label is: the message says what is expected.</summary>
public class BadLabelTests
{
    private static readonly MLContext Ml = new(1);

    [Fact]
    public void AKeyIsForTheOtherTrainer()
    {
        var keyed = Pictures.Keyed(Ml, Pictures.Make(6));
        Refused("ResNetClassification", () => Trainer().Fit(keyed));
        Refused("ResNetClassification", () => Ml.Transforms.Conversion.MapValueToKey("Label").Append(Trainer()).Fit(Ml.Data.LoadFromEnumerable(Pictures.Make(6))));
        Refused("ResNetMultiLabel", () => new ResNetClassificationTrainer(Pictures.Options()).Fit(Lights.Labelled(Ml, Lights.Make(6))));
    }

    [Fact]
    public void NamesAreToBecomeAVectorFirst()
    {
        var names = Ml.Data.LoadFromEnumerable(Lights.Make(6));
        Refused("MapKeyToVector(\"Names\", outputCountVector: true)", () => Trainer(o => o.LabelColumnName = "Names").Fit(names));
        var keys = Ml.Transforms.Conversion.MapValueToKey("Names").Fit(names).Transform(names);
        Refused("outputCountVector: true", () => Trainer(o => o.LabelColumnName = "Names").Fit(keys));
    }

    [Theory]
    [InlineData(2, "Row 3 (from 0) has 2 for the class '1'")]
    [InlineData(-0.5f, "Row 3 (from 0) has -0.5 for the class '1'")]
    [InlineData(float.NaN, "no label")]
    public void ValuesAreSharesFrom0To1(float value, string message)
    {
        var rows = Rows(8);
        rows[3].Label[1] = value;
        Assert.Contains(message, Assert.ThrowsAny<InvalidDataException>(() => Trainer().Fit(Ml.Data.LoadFromEnumerable(rows))).Message);
    }

    [Fact]
    public void ClassesThatNothingCanBeLearntOfAreWarnedOf()
    {
        var rows = Rows(8);
        foreach (var row in rows) (row.Label[0], row.Label[1]) = (0, 1);
        var (ml, log) = (new MLContext(1), new List<string>());
        ml.Log += (_, entry) => log.Add(entry.Message);
        using var model = Trainer(o => (o.Epoch, o.Context) = (1, ml)).Fit(Ml.Data.LoadFromEnumerable(rows));
        Assert.Contains(log, line => line.Contains("No row of the training data has the class '0'"));
        Assert.Contains(log, line => line.Contains("Every row of the training data has the class '1'"));
        Assert.Equal(["0", "1", "2"], model.LabelNames);

        foreach (var row in rows) Array.Clear(row.Label);
        Assert.Contains("any of the 3 classes", Assert.Throws<InvalidDataException>(() => Trainer().Fit(Ml.Data.LoadFromEnumerable(rows))).Message);
    }

    [Fact]
    public void AnotherOrderOfClassesIsRefused()
    {
        var data = Lights.Labelled(Ml, Lights.Make(16));
        var other = Lights.Labelled(Ml, Lights.Make(16).Skip(1));
        Assert.Contains("same order", Assert.Throws<InvalidOperationException>(() => Trainer(o => o.Epoch = 1).Fit(data, other)).Message);
        using var model = Trainer(o => o.Epoch = 1).Fit(data);
        Assert.Contains("same order", Assert.Throws<InvalidOperationException>(() => model.Transform(other)).Message);
    }

    [Fact]
    public void AListHasSeveralClassesInAField()
    {
        using var folder = new TemporaryFolder();
        string[] cells = ["cat;dog", "dog", "", "cat ; bird", "dog;dog", "bird;cat;dog", "bird", "cat"];
        for (var i = 0; i < cells.Length; i++)
            using (var picture = Data.PictureLookTests.Noise(9, 8, (uint)(i + 1)).ToMLImage())
                picture.Save(folder.File($"{i}.png"));
        File.WriteAllLines(folder.File("list.csv"), cells.Select((cell, i) => $"{i}.png,{cell}").Prepend("path,label"));

        var set = ImageList.Open(folder.File("list.csv"), new() { LabelSeparator = ';' });
        Assert.Equal(["bird", "cat", "dog"], set.Classes);
        var view = set.ToDataView(Ml);
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Label"].GetSlotNames(ref names);
        Assert.Equal(set.Classes, names.DenseValues().Select(name => name.ToString()));
        Assert.Equal(
            [[false, true, true], [false, false, true], [false, false, false], [true, true, false], [false, false, true], [true, true, true], [true, false, false], [false, true, false]],
            view.GetColumn<bool[]>("Label"));
        var (rest, taken) = set.Split(0.25, seed: 1);
        Assert.Equal((8, set.Classes), (rest.Images.Count + taken.Images.Count, taken.Classes));
        Assert.Equal(4, DataCheck.Run(set).Classes.Single(c => c.Name == "dog").Train);
        Assert.Contains("ImageList", Assert.Throws<ArgumentException>(() => ImageFolder.Open(folder.Path, new() { LabelSeparator = ';' })).Message);
        Assert.Contains("line 4", Assert.Throws<InvalidDataException>(() => ImageList.Open(folder.File("list.csv"))).Message);
    }

    private static void Refused(string remedy, Action fit) => Assert.Contains(remedy, Assert.ThrowsAny<ArgumentException>(fit).Message);

    private static ResNetMultiLabelTrainer Trainer(Action<ResNetMultiLabelTrainer.Options>? change = null) =>
        Ml.MulticlassClassification.Trainers.ResNetMultiLabel(Lights.Options(change));

    private static Row[] Rows(int count) => [.. Lights.Make(count).Select(light => new Row
    {
        Features = light.Features,
        Label = [.. Enumerable.Range(0, 3).Select(i => Lights.IsOn(light.Id, i) ? 1f : 0)],
    })];

    private sealed class Row
    {
        [VectorType(3, 12, 12)]
        public float[] Features { get; set; } = [];

        [VectorType(3)]
        public float[] Label { get; set; } = [];
    }
}
