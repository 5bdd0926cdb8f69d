// Trains a U-Net on a residual encoder to give each pixel a class, and compares it with a trivial baseline.
//   dotnet run --project samples/Segmentation -c Release -- --images FOLDER --masks FOLDER
using System.CommandLine;
using Pictures;
using Segmentation;

var images = new Option<string?>("--images") { Description = "A folder of images; every fifth is for the comparison only. Default: generated scenes of discs, squares and triangles." };
var masks = new Option<string?>("--masks") { Description = "A folder with a mask for each image, of the same name (PNG): one flat colour a class." };
var arch = new Option<string?>("--arch") { Description = "The encoder, such as resnet18. Default: a small residual network of 10 layers." };
var size = new Option<int>("--size") { Description = "Width and height that images are resized to; a multiple of 32.", DefaultValueFactory = _ => 64 };
var steps = new Option<int>("--steps") { Description = "Training steps, each of 16 images.", DefaultValueFactory = _ => 500 };
var seed = new Option<int>("--seed") { Description = "The same seed gives the same network.", DefaultValueFactory = _ => 1 };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda, cuda:N or mps.", DefaultValueFactory = _ => "auto" };
var output = new Option<string>("--output") { Description = "Where the picture and the model go.", DefaultValueFactory = _ => Path.Combine("artifacts", "segmentation") };

var command = new RootCommand("Trains a U-Net on a residual encoder to give each pixel of an image a class.") { images, masks, arch, size, steps, seed, device, output };
command.SetAction((parsed, cancel) => Task.Run(() => Terminal.Guard(() => Job.Run(new Settings(
    parsed.GetValue(images), parsed.GetValue(masks), parsed.GetValue(arch), parsed.GetValue(size), parsed.GetValue(steps),
    parsed.GetValue(seed), parsed.GetValue(device)!, parsed.GetValue(output)!), cancel))));
return await command.Parse(args).InvokeAsync();
