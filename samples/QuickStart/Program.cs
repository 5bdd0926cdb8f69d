// From a folder of images to a trained network and its evaluation, in one ML.NET pipeline.
// On Fashion-MNIST (the default) with two cores and no GPU it takes about three minutes and reaches about 90 %.
using System.CommandLine;
using QuickStart;

var data = new Option<string?>("--data") { Description = "A folder with one subfolder of images a class (or train/ and test/ folders of that kind). Default: Fashion-MNIST." };
var full = new Option<bool>("--full") { Description = "Train on all images instead of a sample." };
var images = new Option<int>("--images") { Description = "How many images to train on, about.", DefaultValueFactory = _ => Settings.DefaultImages };
var epochs = new Option<int>("--epochs") { Description = "How often to go through the training images.", DefaultValueFactory = _ => 3 };
var batch = new Option<int>("--batch-size") { Description = "Images a step; -1: by the number of images.", DefaultValueFactory = _ => 128 };
var rate = new Option<double>("--learning-rate") { Description = "The one-cycle schedule's peak.", DefaultValueFactory = _ => 0.2 };
var arch = new Option<string>("--arch") { Description = "The network, by torchvision's or the paper's name.", DefaultValueFactory = _ => "resnet20" };
var size = new Option<int?>("--size") { Description = "Width and height that images are resized to. Default: 28 for Fashion-MNIST, 64 for a folder." };
var seed = new Option<int>("--seed") { Description = "The same seed gives the same network.", DefaultValueFactory = _ => 1 };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda, cuda:N or mps.", DefaultValueFactory = _ => "auto" };
var output = new Option<string>("--output") { Description = "Where images, model.zip, metrics.json and report.html go.", DefaultValueFactory = _ => Path.Combine("artifacts", "quickstart") };

var command = new RootCommand("Trains a residual network on a folder of images in an ML.NET pipeline, and evaluates it.") { data, full, images, epochs, batch, rate, arch, size, seed, device, output };
command.SetAction((parsed, cancel) => Task.Run(() => Terminal.Guard(() => Job.Run(new Settings(
    Data: parsed.GetValue(data), Images: parsed.GetValue(full) ? int.MaxValue : parsed.GetValue(images),
    Epochs: parsed.GetValue(epochs), BatchSize: parsed.GetValue(batch), LearningRate: parsed.GetValue(rate),
    Arch: parsed.GetValue(arch)!, Size: parsed.GetValue(size) ?? (parsed.GetValue(data) is null ? 28 : 64),
    Seed: parsed.GetValue(seed), Device: parsed.GetValue(device)!, Output: parsed.GetValue(output)!), cancel))));
// Ctrl+C ends the training, not the program: the network so far is evaluated and saved.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
