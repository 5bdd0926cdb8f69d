// Trains a small residual network to enlarge photos, and compares it with bicubic enlargement.
//   dotnet run --project samples/SuperResolution -c Release -- --images FOLDER
using System.CommandLine;
using Pictures;
using SuperResolution;

var images = new Option<string?>("--images") { Description = "A folder of photos, two or more; every fifth is for the comparison only. Default: generated pictures." };
var scale = new Option<int>("--scale") { Description = "How many times larger: 2, 3 or 4.", DefaultValueFactory = _ => 2 };
var steps = new Option<int>("--steps") { Description = "Training steps, each of 8 patches.", DefaultValueFactory = _ => 600 };
var enlarge = new Option<string?>("--enlarge") { Description = "A photo of yours to enlarge with the trained network (enlarged.png)." };
var seed = new Option<int>("--seed") { Description = "The same seed gives the same network.", DefaultValueFactory = _ => 1 };
var device = new Option<string>("--device") { Description = "auto, cpu, cuda, cuda:N or mps.", DefaultValueFactory = _ => "auto" };
var output = new Option<string>("--output") { Description = "Where the picture and the model go.", DefaultValueFactory = _ => Path.Combine("artifacts", "superresolution") };

var command = new RootCommand("Trains a residual network (EDSR) to enlarge photos, and compares it with bicubic enlargement.") { images, scale, steps, enlarge, seed, device, output };
command.SetAction((parsed, cancel) => Task.Run(() => Terminal.Guard(() => Job.Run(new Settings(
    parsed.GetValue(images), parsed.GetValue(scale), parsed.GetValue(steps), parsed.GetValue(enlarge), parsed.GetValue(seed),
    parsed.GetValue(device)!, parsed.GetValue(output)!), cancel))));
return await command.Parse(args).InvokeAsync();
