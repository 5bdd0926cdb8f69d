// Transfer learning on a folder of images, one subfolder a class; ends with model.zip, report.html and three predictions.
//   dotnet run --project samples/TransferLearning -c Release -- --data photos
using System.CommandLine;
using TransferLearning;

var data = new Option<string?>("--data") { Description = "A folder with one subfolder of images a class. Default: generated pictures of shapes." };
var held = new Option<string?>("--test-data") { Description = "A folder of the same classes to test on. Default: a part of --data is held out." };
var weights = new Option<string?>("--weights") { Description = "Published weights by name (as resnet50.tv2_in1k), a file (weights, or an earlier model.zip), or none. Default: resnet50.keras_in1k with --data (downloaded once, 95 MB), none without." };
var arch = new Option<string?>("--arch") { Description = "The network that a weights file of your own is for, or the one to train without weights." };
var mode = new Option<string?>("--mode") { Description = "frozen: the classifier alone. fine-tune: first the classifier, then the upper layers, too. full: all layers alike. Default: frozen with weights, full without." }
    .AcceptOnlyFromAmong("frozen", "fine-tune", "full");
var normalization = new Option<string?>("--normalization") { Description = "How a weights file of your own was normalised. Default: as the network of --arch says." }
    .AcceptOnlyFromAmong("imagenet", "cifar10");
var images = new Option<int?>("--images") { Description = "Train on so many of the images at most. Default: all." };
var epochs = new Option<int?>("--epochs") { Description = "How often to go through the training images. Default: as the recipe says." };
var batch = new Option<int?>("--batch-size") { Description = "Images a step; -1: by the number of images. Default: as the recipe says." };
var rate = new Option<double?>("--learning-rate") { Description = "The highest learning rate. Default: as the recipe says." };
var size = new Option<int?>("--size") { Description = "Side of the network's input in pixels. Default: what the weights were trained with; 32 without." };
var test = new Option<double>("--test-fraction") { Description = "Share of each class that is held out, above 0 and below 1.", DefaultValueFactory = _ => 0.2 };
var seed = new Option<int>("--seed") { Description = "The same seed gives the same split and, on the CPU, the same network.", DefaultValueFactory = _ => 1 };
var repeat = new Option<int>("--repeat") { Description = "Run so often, with the seeds from --seed on, and print the mean and the spread; the files are the last run's.", DefaultValueFactory = _ => 1 };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda, cuda:N or mps.", DefaultValueFactory = _ => "auto" };
var output = new Option<string>("--output") { Description = "Where model.zip and report.html go.", DefaultValueFactory = _ => Path.Combine("artifacts", "transfer-learning") };

var command = new RootCommand("Trains a network on your own images, from published weights; saves a model.zip and a report.")
{
    data, held, weights, arch, normalization, mode, images, epochs, batch, rate, size, test, seed, repeat, device, output,
};
command.SetAction((parsed, cancel) => Task.Run(() => Terminal.Guard(() => Job.Run(
    new Settings
    {
        Data = parsed.GetValue(data),
        TestData = parsed.GetValue(held),
        Weights = parsed.GetValue(weights),
        Arch = parsed.GetValue(arch),
        Normalization = parsed.GetValue(normalization),
        Mode = parsed.GetValue(mode),
        Images = parsed.GetValue(images),
        Epochs = parsed.GetValue(epochs),
        BatchSize = parsed.GetValue(batch),
        LearningRate = parsed.GetValue(rate),
        Size = parsed.GetValue(size),
        TestFraction = parsed.GetValue(test),
        Seed = parsed.GetValue(seed),
        Repeat = parsed.GetValue(repeat),
        Device = parsed.GetValue(device)!,
        Output = parsed.GetValue(output)!,
    }.Checked(),
    cancel))));
// Ctrl+C ends the training, not the program: the best network so far is evaluated and saved.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
