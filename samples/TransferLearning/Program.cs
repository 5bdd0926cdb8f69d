// Transfer learning on a folder of images, one subfolder a class; ends with model.zip, report.html and three predictions.
//   dotnet run --project samples/TransferLearning -c Release -- --data photos
using System.CommandLine;
using TransferLearning;

var data = new Option<string?>("--data") { Description = "A folder with one subfolder of images a class. Default: generated pictures of shapes." };
var weights = new Option<string?>("--weights") { Description = "Published weights by name (as resnet50.tv2_in1k), a file (weights, or an earlier model.zip), or none. Default: resnet50.keras_in1k with --data (downloaded once, 95 MB), none without." };
var arch = new Option<string?>("--arch") { Description = "The network that a weights file of your own is for, or the one to train without weights." };
var mode = new Option<string?>("--mode") { Description = "frozen: the classifier alone. fine-tune: first the classifier, then all layers, the lower the slower. full: all layers alike. Default: frozen with weights, full without." }
    .AcceptOnlyFromAmong("frozen", "fine-tune", "full");
var epochs = new Option<int?>("--epochs") { Description = "How often to go through the training images. Default: 10 frozen, 5 fine-tune, 20 full." };
var batch = new Option<int>("--batch-size") { Description = "Images a step; -1: by the number of images.", DefaultValueFactory = _ => 16 };
var rate = new Option<double?>("--learning-rate") { Description = "The highest learning rate. Default: 0.002 (AdamW) frozen, 0.01 (SGD) fine-tune, 0.05 (SGD) full." };
var size = new Option<int?>("--size") { Description = "Side of the network's input in pixels. Default: what the weights were trained with; 32 without." };
var test = new Option<double>("--test-fraction") { Description = "Share of each class that is held out, above 0 and below 1.", DefaultValueFactory = _ => 0.2 };
var seed = new Option<int>("--seed") { Description = "The same seed gives the same split and, on the CPU, the same network.", DefaultValueFactory = _ => 1 };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda, cuda:N or mps.", DefaultValueFactory = _ => "auto" };
var output = new Option<string>("--output") { Description = "Where model.zip and report.html go.", DefaultValueFactory = _ => Path.Combine("artifacts", "transfer-learning") };

var command = new RootCommand("Trains a network on your own images, from published weights; saves a model.zip and a report.")
{
    data, weights, arch, mode, epochs, batch, rate, size, test, seed, device, output,
};
command.SetAction((parsed, cancel) => Task.Run(() => Terminal.Guard(() => Job.Run(
    Settings.Of(
        parsed.GetValue(data), parsed.GetValue(weights), parsed.GetValue(arch), parsed.GetValue(mode), parsed.GetValue(epochs), parsed.GetValue(batch),
        parsed.GetValue(rate), parsed.GetValue(size), parsed.GetValue(test), parsed.GetValue(seed), parsed.GetValue(device)!, parsed.GetValue(output)!),
    cancel))));
// Ctrl+C ends the training, not the program: the best network so far is evaluated and saved.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
