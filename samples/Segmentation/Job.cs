using Pictures;
using ResNet.Core;

namespace Segmentation;

/// <summary>The main job: images with masks → U-Net → comparison with the most frequent class.</summary>
internal static class Job
{
    public static void Run(Settings settings, CancellationToken cancel)
    {
        settings.Check();
        // What could fail fails before the training.
        Directory.CreateDirectory(settings.Output);
        var device = DeviceSelection.Parse(settings.Device);
        var encoder = settings.Encoder();
        var scenes = settings.Images is null ? GeneratedScenes.Make(settings.Size, settings.Seed) : MaskedImages.Load(settings.Images, settings.Masks!, settings.Size);
        Console.WriteLine($"{scenes.Training.Count} images to train on, {scenes.Test.Count} others to compare with; classes: {string.Join(", ", scenes.Classes)}.");

        using var network = new UNet(new() { Encoder = encoder, Classes = scenes.Classes.Count }, device, settings.Seed);
        Terminal.Training(settings.Steps, report => Training.Run(network, scenes.Training, settings, report, cancel));

        var commonest = (byte)Enumerable.Range(0, scenes.Classes.Count).MaxBy(label => scenes.Training.Sum(scene => scene.Mask.LongCount(pixel => pixel == label)));
        var (found, trivial) = (new IntersectionOverUnion(scenes.Classes.Count), new IntersectionOverUnion(scenes.Classes.Count));
        var segmented = scenes.Test.Select(scene => network.Segment(scene.Image.Pixels, settings.Size, settings.Size)).ToList();
        foreach (var (scene, mask) in scenes.Test.Zip(segmented))
        {
            found.Add(scene.Mask, mask);
            trivial.Add(scene.Mask, [.. mask.Select(_ => commonest)]);
        }
        Terminal.Table(["class", $"IoU, all {scenes.Classes[commonest]}", "IoU, network"],
        [
            .. scenes.Classes.Select((name, i) => new[] { name, Percent(trivial.Classes[i]), Percent(found.Classes[i]) }),
            ["mean", Percent(trivial.Mean), Percent(found.Mean)],
        ]);

        var path = Path.Combine(settings.Output, "segmentation.png");
        Picture.Sheet([.. scenes.Test.Zip(segmented).Take(5).Select(pair => Row(pair.First, pair.Second))]).Save(path);
        Console.WriteLine($"{path}: from left to right image, true classes, the network's; each class has a colour.");
        path = Path.Combine(settings.Output, "model.onnx");
        network.SaveOnnx(path);
        Console.WriteLine($"{path}: the network for any ONNX runtime: pixels 0..255 in, logits out; sides of multiples of {encoder.Stride}.");
    }

    private static string Percent(double? share) => share is null ? "-" : $"{share:P1}";

    private static Picture[] Row(Scene scene, byte[] mask)
    {
        var factor = Math.Max(1, 192 / scene.Image.Width);
        return [.. new[] { scene.Image, Painted(scene.Mask, scene.Image), Painted(mask, scene.Image) }.Select(picture => picture.Magnified(factor))];
    }

    // PASCAL VOC's colours: the bits of the class spread over the high bits of red, green and blue.
    private static Picture Painted(byte[] mask, Picture image)
    {
        var painted = Picture.Empty(image.Width, image.Height);
        for (var i = 0; i < painted.Pixels.Length; i++)
            for (int bit = 0, label = mask[i / 3]; label != 0; bit++, label >>= 3)
                painted.Pixels[i] |= (byte)((label >> (i % 3) & 1) << (7 - bit));
        return painted;
    }
}
