using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace Segmentation;

/// <summary>The training loop: random scenes, half of them mirrored, cross-entropy over the pixels, AdamW.</summary>
internal static class Training
{
    private const int BatchSize = 16;

    public static void Run(UNet network, IReadOnlyList<Scene> scenes, Settings settings, Action<int, float> report, CancellationToken cancel)
    {
        var random = new Random(settings.Seed);
        var device = network.parameters().First().device;
        network.train();
        using var optimizer = optim.AdamW(network.parameters(), lr: 3e-3, weight_decay: 1e-2);
        var schedule = optim.lr_scheduler.OneCycleLR(optimizer, max_lr: 3e-3, total_steps: settings.Steps + 1);
        for (var step = 1; step <= settings.Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (images, masks) = Batch(scenes, settings.Size, random);
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(network.call(images.to(device)), masks.to(device));
            loss.backward();
            optimizer.step();
            schedule.step();
            report(step, loss.item<float>());
        }
        network.eval();
    }

    /// <summary>N×3×size×size pixels, and N×size×size classes.</summary>
    private static (Tensor Images, Tensor Masks) Batch(IReadOnlyList<Scene> scenes, int size, Random random)
    {
        var (images, masks) = (new List<Tensor>(), new List<Tensor>());
        for (var i = 0; i < BatchSize; i++)
        {
            var scene = scenes[random.Next(scenes.Count)];
            var mirrored = random.Next(2) == 0;
            images.Add(tensor(scene.Image.Pixels).view(size, size, 3).permute(2, 0, 1).flip(mirrored ? [2] : []));
            masks.Add(tensor(scene.Mask).view(size, size).flip(mirrored ? [1] : []));
        }
        return (stack(images), stack(masks).to(ScalarType.Int64));
    }
}
