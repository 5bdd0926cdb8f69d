// Uses a model.zip that ResNet.MLNet saved, in an app that knows nothing of it: ML.NET's own packages alone.
//   dotnet run --project samples/Consume -- model.zip photo.jpg …
using Microsoft.ML;
using Microsoft.ML.Data;

if (args.Length < 2)
{
    Console.Error.WriteLine("Usage: dotnet run --project samples/Consume -- MODEL.ZIP IMAGE…");
    return 2;
}
if (args.FirstOrDefault(path => !File.Exists(path)) is { } missing)
{
    Console.Error.WriteLine($"There is no file '{missing}'.");
    return 1;
}

var ml = new MLContext();
ITransformer model;
DataViewSchema input;
try
{
    model = ml.Model.Load(args[0], out input);
}
catch (Exception error)
{
    Console.Error.WriteLine($"'{args[0]}' is no model that this app can load: {error.GetBaseException().Message}");
    return 1;
}

// An engine belongs to one thread; a server keeps one for each (Microsoft.Extensions.ML's PredictionEnginePool).
using var engine = ml.Model.CreatePredictionEngine<Photo, Prediction>(model, input);
VBuffer<ReadOnlyMemory<char>> names = default;
engine.OutputSchema["Score"].GetSlotNames(ref names);
var classes = names.DenseValues().Select(name => name.ToString()).ToArray();
var failed = false;
foreach (var path in args.Skip(1))
{
    try
    {
        var score = engine.Predict(new Photo { ImagePath = Path.GetFullPath(path) }).Score;
        var best = Enumerable.Range(0, score.Length).OrderByDescending(i => score[i]).Take(3);
        Console.WriteLine($"{Path.GetFileName(path)}: {string.Join(", ", best.Select(i => $"{classes[i]} {score[i]:P1}"))}");
    }
    catch (Exception error)
    {
        Console.Error.WriteLine($"{path}: {error.GetBaseException().Message}");
        failed = true;
    }
}
return failed ? 1 : 0;

/// <summary>What the pipeline was trained on: the image's path; a label is not known here.</summary>
internal sealed class Photo
{
    public string ImagePath { get; set; } = "";

    public string Label { get; set; } = "";
}

/// <summary>The probabilities of the classes.</summary>
internal sealed class Prediction
{
    public float[] Score { get; set; } = [];
}
