// Speed against peers, in turns within one run: a ratio is taken within each round and given with its spread.
using System.CommandLine;
using Benchmarks;

var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = _ => 7, Recursive = true };
var only = new Option<string?>("--only") { Description = "Only the workloads whose name contains this.", Recursive = true };
var python = new Option<string>("--python") { Description = "A Python with torch and torchvision.", DefaultValueFactory = _ => "/usr/bin/python3", Recursive = true };
var output = new Option<string>("--output") { Description = "The folder of the CSV files.", DefaultValueFactory = _ => Path.Combine("artifacts", "bench"), Recursive = true };
var images = new Option<string?>("--images") { Description = "A folder of JPEG files to score; without it 64 of 500×375 are drawn." };

var torch = new Command("torch", "Training and scoring of ready batches, against PyTorch and torchvision (the default).");
torch.SetAction(parsed => TorchBenchmark.Run(Settings(parsed)));
var pipeline = new Command("pipeline", "ResNet-50 from JPEG files to PredictedLabel, against ONNX Runtime, ML.NET's ApplyOnnxModel and PyTorch.") { images };
pipeline.SetAction(parsed => PipelineBenchmark.Run(Settings(parsed), parsed.GetValue(images)));

var count = new Option<int>("--count") { Description = "How many images.", DefaultValueFactory = _ => 400 };
var features = new Command("features", "Training on frozen ResNet-50 features, the first and the second time, against one pass of the backbone.") { count };
features.SetAction(parsed => FeatureBenchmark.Run(Settings(parsed), parsed.GetValue(count)));

var command = new RootCommand("Measures speed against peers. On a quiet machine only.") { rounds, only, python, output, torch, pipeline, features };
command.SetAction(parsed => TorchBenchmark.Run(Settings(parsed)));
return await command.Parse(args).InvokeAsync();

Settings Settings(ParseResult parsed) =>
    new(parsed.GetValue(rounds), parsed.GetValue(only), parsed.GetValue(python)!, parsed.GetValue(output)!);
