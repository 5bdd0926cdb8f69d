using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace SuperResolution;

/// <summary>The training loop: random patches, the mean absolute difference, Adam (Lim et al. 2017).</summary>
internal static class Training
{
    /// <summary>Side of the small patches, pixels.</summary>
    public const int Patch = 32;

    private const int BatchSize = 8;

    public static void Run(EdsrNetwork network, IReadOnlyList<Photo> photos, Settings settings, Action<int, float> report, CancellationToken cancel)
    {
        var random = new Random(settings.Seed);
        var device = network.parameters().First().device;
        network.train();
        using var optimizer = optim.Adam(network.parameters(), lr: 2e-3);
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: settings.Steps);
        for (var step = 1; step <= settings.Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (small, large) = Batch(photos, settings.Scale, random);
            optimizer.zero_grad();
            var loss = nn.functional.l1_loss(network.call(small.to(device)), large.to(device).to(ScalarType.Float32));
            loss.backward();
            optimizer.step();
            schedule.step();
            report(step, loss.item<float>());
        }
        network.eval();
    }

    /// <summary>N×3×h×w small patches, and the N×3×(scale·h)×(scale·w) ones that they come from; half of them mirrored.</summary>
    private static (Tensor Small, Tensor Large) Batch(IReadOnlyList<Photo> photos, int scale, Random random)
    {
        var (small, large) = (new List<Tensor>(), new List<Tensor>());
        for (var i = 0; i < BatchSize; i++)
        {
            var photo = photos[random.Next(photos.Count)];
            var (left, top) = (random.Next(photo.Small.Width - Patch + 1), random.Next(photo.Small.Height - Patch + 1));
            long[] mirrored = random.Next(2) == 0 ? [2] : [];
            small.Add(photo.Small.Crop(left, top, Patch, Patch).ToTensor().flip(mirrored));
            large.Add(photo.Large.Crop(left * scale, top * scale, Patch * scale, Patch * scale).ToTensor().flip(mirrored));
        }
        return (stack(small), stack(large));
    }

    private static Tensor ToTensor(this Pictures.Picture picture) => tensor(picture.Pixels).view(picture.Height, picture.Width, 3).permute(2, 0, 1);
}
