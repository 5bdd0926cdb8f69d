// Says what is on photos, with published weights in an ML.NET pipeline; no training.
//   dotnet run --project samples/Classify -- photo.jpg
using System.CommandLine;
using Classify;
using ResNet.MLNet;

var images = new Argument<string[]>("images") { Description = "Photos (JPEG, PNG, GIF, BMP, WebP), or folders of photos.", Arity = ArgumentArity.ZeroOrMore };
var weights = new Option<string>("--weights") { Description = "Published weights by name (see --list), or a weights file of your own (with --arch).", DefaultValueFactory = _ => "resnet50.keras_in1k" };
var arch = new Option<string?>("--arch") { Description = "The network that your own weights file is for, such as resnet18." };
var labels = new Option<string?>("--labels") { Description = "A text file with your own classes' names, a line each, in the order of the network's outputs." };
var top = new Option<int>("--top") { Description = "How many classes to print for each image.", DefaultValueFactory = _ => 5 };
var cache = new Option<string?>("--cache") { Description = "The folder of downloaded weights. Default: RESNET_MLNET_CACHE, else the system's cache folder." };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda, cuda:N or mps.", DefaultValueFactory = _ => "auto" };
var engine = new Option<ScoringEngine>("--engine") { Description = "What runs the network: Auto (ONNX Runtime on the CPU, TorchSharp on a GPU), TorchSharp or OnnxRuntime." };
var list = new Option<bool>("--list") { Description = "List the published weights." };

var command = new RootCommand("Says what is on photos: the likeliest classes with their probabilities.") { images, weights, arch, labels, top, cache, device, engine, list };
command.SetAction((parsed, cancel) => Task.Run(() => Terminal.Guard(() => parsed.GetValue(list)
    ? Terminal.List(parsed.GetValue(cache))
    : Job.Run(new Settings(
        parsed.GetValue(images)!, parsed.GetValue(weights)!, parsed.GetValue(arch), parsed.GetValue(labels),
        parsed.GetValue(top), parsed.GetValue(cache), parsed.GetValue(device)!, parsed.GetValue(engine)), cancel))));
return await command.Parse(args).InvokeAsync();
