using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.MLNet;

namespace ResNet.Tests.MLNet.Saving;

/// <summary>A folder that also serves as the temporary one, so that what is left behind shows; and models saved into it.</summary>
internal sealed class SavedModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _before = Environment.GetEnvironmentVariable("TMPDIR");

    public SavedModels()
    {
        // The shared model's context keeps the temporary folder that it finds.
        _ = Pictures.Trained;
        Directory.CreateDirectory(Temporary);
        Environment.SetEnvironmentVariable("TMPDIR", Temporary);
    }

    public string Temporary => _folder.File("tmp");

    /// <summary>What lies in the temporary folder, without what .NET and ONNX Runtime's library themselves put there.</summary>
    public string[] Left => [.. Directory.EnumerateFileSystemEntries(Temporary, "*", SearchOption.AllDirectories).Where(path =>
        !Others.Any(name => Path.GetFileName(path).StartsWith(name)))];

    private static readonly string[] Others = ["clr-debug", "dotnet-diagnostic", ".dotnet", "mat-debug", ".ses"];

    public string File(string name) => _folder.File(name);

    public string Save(MLContext ml, ITransformer model, DataViewSchema schema, string name = "model.zip")
    {
        ml.Model.Save(model, schema, File(name));
        return File(name);
    }

    public static ResNetClassificationTransformer Find(ITransformer model) => model switch
    {
        ResNetClassificationTransformer ours => ours,
        IEnumerable<ITransformer> chain => chain.Select(Find).SingleOrDefault(found => found is not null)!,
        _ => null!,
    };

    public static string[] Columns(DataViewSchema schema) =>
        [.. schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type} {{{string.Join(", ", column.Annotations.Schema.Select(note => $"{note.Name}: {note.Type}"))}}}")];

    /// <summary>Reads each view once: images are gone afterwards.</summary>
    public static void AssertSameScores(IDataView expected, IDataView actual, float tolerance = 1e-4f)
    {
        var (one, other) = (Rows(expected), Rows(actual));
        Assert.Equal(one.Select(row => row.PredictedLabel), other.Select(row => row.PredictedLabel));
        Assert.InRange(one.Zip(other).Max(pair => pair.First.Score.Zip(pair.Second.Score).Max(score => Math.Abs(score.First - score.Second))), 0, tolerance);
    }

    private static Scored[] Rows(IDataView view) => [.. new MLContext().Data.CreateEnumerable<Scored>(view, reuseRowObject: false)];

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TMPDIR", _before);
        _folder.Dispose();
    }
}
