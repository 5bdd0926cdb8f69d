// The literature's claims about residual networks, measured: one command each, a picture (SVG) and figures (CSV) out.
//   dotnet run --project samples/Experiments -c Release -- degradation --quick
using System.CommandLine;
using ResNet.Core;

namespace Experiments;

internal static class Program
{
    private static readonly Option<bool> Quick = new("--quick") { Description = "Small images and networks: under five minutes on two cores (the default)." };
    private static readonly Option<bool> Full = new("--full") { Description = "As the paper: its depths and epochs. Days on a CPU; says how long, and goes on where it was interrupted." };
    private static readonly Option<string> Data = new("--data") { Description = "fashion-mnist, generated, or a folder: CIFAR-10's binary version (data_batch_1.bin, …), or images in train/CLASS and test/CLASS.", DefaultValueFactory = _ => "fashion-mnist" };
    private static readonly Option<int?> Images = new("--images") { Description = "Images to train on, instead of the experiment's own number." };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "Passes over them, instead of the experiment's own number." };
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed gives the same figures.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Device = new("--device") { Description = "auto, cpu, cuda, cuda:N or mps.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string> Output = new("--output") { Description = "Where the pictures and the CSV files go.", DefaultValueFactory = _ => Path.Combine("artifacts", "experiments") };

    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Runs experiments of the literature on residual networks and says whether its claims hold.");
        foreach (var experiment in Catalog.All)
            root.Add(Command(experiment));
        root.Add(List());
        return await root.Parse(args).InvokeAsync();
    }

    private static Command List()
    {
        var command = new Command("list", "Prints every network by name: parameters, multiply-adds, published error. It builds them all to count: about a minute.");
        command.SetAction(_ =>
        {
            foreach (var line in NetworkTable.Lines())
                Console.WriteLine(line);
        });
        return command;
    }

    private static Command Command(IExperiment experiment)
    {
        var command = new Command(experiment.Name, experiment.Description) { Quick, Full, Data, Images, Epochs, Seed, Device, Output };
        command.SetAction((parsed, cancel) => Task.Run(() => Terminal.Guard(() =>
        {
            if (parsed.GetValue(Quick) && parsed.GetValue(Full))
                throw new ArgumentException("--quick and --full exclude each other; give one.");
            Job.Run(experiment, new Settings
            {
                Scale = parsed.GetValue(Full) ? Scale.Full : Scale.Quick,
                Data = parsed.GetValue(Data)!,
                Images = parsed.GetValue(Images),
                Epochs = parsed.GetValue(Epochs),
                Seed = parsed.GetValue(Seed),
                Device = parsed.GetValue(Device)!,
                Output = parsed.GetValue(Output)!,
            }, Console.WriteLine, cancel);
        })));
        return command;
    }
}
