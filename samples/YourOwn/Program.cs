// A TorchSharp module and a transformer of your own in an ML.NET pipeline, trained on generated pictures, saved, and loaded by ML.NET alone.
//   dotnet run --project samples/YourOwn -c Release -- [model.zip]
using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using YourOwn;

if (args.Length > 1 || args is ["-h" or "--help"])
{
    Console.Error.WriteLine("Usage: dotnet run --project samples/YourOwn -c Release -- [MODEL.ZIP]");
    return 2;
}
var path = args is [var given] ? given : Path.Combine("artifacts", "your-own", "model.zip");
var ml = new MLContext(seed: 1);
var train = ml.Data.LoadFromEnumerable(Picture.Make(360, seed: 1));
var test = ml.Data.LoadFromEnumerable(Picture.Make(150, seed: 2));

var pipeline = ml.Transforms.Conversion.MapValueToKey("Key", "Label")
    .Append(ml.MulticlassClassification.Trainers.TorchModule(
        classes => new SmallResNet(classes),
        new ResNetClassificationTrainer.Options
        {
            LabelColumnName = "Key",
            Epoch = 10,
            BatchSize = 32,
            LearningRate = 0.05,
            ValidationSetFraction = 0.2,
            Context = ml,
        },
        Normalization.Centered(channels: 3)))
    .Append(ml.Transforms.Conversion.MapKeyToValue("Class", "PredictedLabel"));
var classifier = pipeline.Fit(train);
var scored = classifier.Transform(test);
Console.WriteLine($"accuracy {ml.MulticlassClassification.Evaluate(scored, labelColumnName: "Key").MicroAccuracy:P1}");

// The second one learns from pictures that the first has not seen.
var model = classifier.Append(new ClassPrecisionEstimator(ml, "Label", "Class").Fit(scored));
foreach (var (name, share) in model.LastTransformer.Precision.OrderBy(pair => pair.Key))
    Console.WriteLine($"of the pictures called {name}, {share:P0} are");

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
ml.Model.Save(model, train.Schema, path);
var reloaded = new MLContext().Model.Load(path, out _);
foreach (var picture in Picture.Make(3, seed: 3))
    Console.WriteLine($"{picture.Label}: {Opinion(model, picture)}, reloaded {Opinion(reloaded, picture)}");
Console.WriteLine($"saved as {path}");
return 0;

string Opinion(ITransformer model, Picture picture)
{
    using var engine = ml.Model.CreatePredictionEngine<Picture, Opinion>(model, new PredictionEngineOptions { OwnsTransformer = false });
    var opinion = engine.Predict(picture);
    return $"{opinion.Class} {opinion.Score.Max():P1} (precision {opinion.Precision:P0})";
}
