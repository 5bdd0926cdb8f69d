using Pictures;
using ResNet.Core;

namespace SuperResolution;

/// <summary>The main job: photos → pairs of small and large → network → comparison with bicubic.</summary>
internal static class Job
{
    public static void Run(Settings settings, CancellationToken cancel)
    {
        settings.Check();
        // What could fail fails before the training.
        Directory.CreateDirectory(settings.Output);
        var own = settings.Enlarge is null ? null : Picture.Load(settings.Enlarge);
        var device = DeviceSelection.Parse(settings.Device);
        var photos = settings.Images is null ? GeneratedPhotos.Make(settings.Seed, settings.Scale) : Photos.Load(settings.Images, settings.Scale);
        var (training, test) = (photos.Where((_, i) => i % 5 != 4 && i != photos.Count - 1).ToList(), photos.Where((_, i) => i % 5 == 4 || i == photos.Count - 1).ToList());
        Console.WriteLine($"{training.Count} pictures to train on, {test.Count} others to compare with.");

        // A small relative of the paper's baseline (16 blocks of 64 channels), which adds to the bicubic enlargement.
        var specification = new EdsrSpecification { Scale = settings.Scale, Blocks = 4, Channels = 32, AddsToBicubic = true, PixelRange = 1 };
        using var network = new EdsrNetwork(specification, device, settings.Seed);
        Terminal.Training(settings.Steps, report => Training.Run(network, training, settings, report, cancel));

        var compared = test.Select(photo => Comparison.Of(network, photo)).ToList();
        Terminal.Table(["picture", "bicubic dB", "network dB", "gain dB"],
        [
            .. compared.Select(c => new[] { c.Name, $"{c.BicubicPsnr:F2}", $"{c.NetworkPsnr:F2}", $"{c.NetworkPsnr - c.BicubicPsnr:F2}" }),
            ["mean", $"{compared.Average(c => c.BicubicPsnr):F2}", $"{compared.Average(c => c.NetworkPsnr):F2}", $"{compared.Average(c => c.NetworkPsnr - c.BicubicPsnr):F2}"],
        ]);

        Save("comparison.png", path => Picture.Sheet([.. compared.Take(4).Select(c => c.Detail())]).Save(path), "details, from left to right: small, bicubic, network, original");
        Save("model.onnx", network.SaveOnnx, "the network for any ONNX runtime: pixels 0..255 in and out, any size");
        if (own is { } photo)
        {
            var large = network.Upscale(photo.Pixels, photo.Width, photo.Height);
            Save("enlarged.png", new Picture(large, photo.Width * settings.Scale, photo.Height * settings.Scale).Save, $"{settings.Enlarge}, {settings.Scale} times larger");
        }

        void Save(string name, Action<string> write, string what)
        {
            var path = Path.Combine(settings.Output, name);
            write(path);
            Console.WriteLine($"{path}: {what}.");
        }
    }
}
