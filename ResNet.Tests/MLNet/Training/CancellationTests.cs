using Microsoft.ML;
using ResNet.Core;
using ResNet.MLNet;
using TorchSharp;
using Xunit;

namespace ResNet.Tests.MLNet.Training;

/// <summary>Cancelled at any moment, a training ends with a usable model, or before its first step with an exception; nothing is left behind.</summary>
public class CancellationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnyMomentWillDo(bool frozen)
    {
        using var folder = new TemporaryFolder();
        var (models, exceptions, step) = (0, 0, 3);
        var pictures = Pictures.Make(9, seed: 5);
        Fit(folder, frozen, int.MaxValue, out var all, out _)!.Dispose();
        var before = torch.Tensor.TotalCount;
        for (var moment = 1; moment <= all; moment += step)
        {
            if (frozen) Directory.Delete(folder.Path, recursive: true);
            var model = Fit(folder, frozen, moment, out _, out var steps);
            if (model is null)
            {
                Assert.Equal(0, steps);
                exceptions++;
            }
            else
            {
                using (model)
                {
                    Assert.InRange(steps, 1, int.MaxValue);
                    Assert.True(model.TrainingResult.Cancelled || moment > all - step);
                    Assert.All(Pictures.Scores(model.Transform(Pictures.Keyed(new MLContext(1), pictures))), scores => Assert.Equal(1, scores.Sum(), 1e-4));
                }
                models++;
            }
            Directory.CreateDirectory(folder.Path);
            Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories), file => !file.EndsWith(".features", StringComparison.Ordinal));
            Assert.InRange(torch.Tensor.TotalCount, 0, before);
        }
        Assert.InRange(models, 2, int.MaxValue);
        Assert.InRange(exceptions, 2, int.MaxValue);
    }

    // Cancels at this moment, of all that the user's own code hears of: each row that is read, each batch that is reported.
    private static ResNetClassificationTransformer? Fit(TemporaryFolder folder, bool frozen, int moment, out int moments, out int steps)
    {
        using var cancel = new CancellationTokenSource();
        var (heard, trained) = (0, 0);
        var ml = new MLContext(1);
        var options = Pictures.Options(o =>
        {
            (o.Seed, o.Threads, o.Epoch, o.BatchSize, o.CancellationToken) = (1, 1, 2, 8, cancel.Token);
            (o.ImageCacheMemory, o.WorkspacePath) = (5 * 432, folder.Path);
            if (frozen) o.Mode = TrainingMode.HeadOnly();
            o.MetricsCallback = progress =>
            {
                if (progress.Phase == TrainingPhase.Train) trained++;
                Hear();
            };
        });
        try
        {
            return new ResNetClassificationTrainer(options).Fit(View(24, 0), View(9, 1));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            (moments, steps) = (heard, trained);
        }

        void Hear()
        {
            if (Interlocked.Increment(ref heard) == moment) cancel.Cancel();
        }

        IDataView View(int count, int seed)
        {
            var view = ml.Data.LoadFromEnumerable(Rows());
            return ml.Transforms.Conversion.MapValueToKey("Label", keyData: ml.Data.LoadFromEnumerable(Pictures.Labels.Select(label => new { Label = label }))).Fit(view).Transform(view);

            IEnumerable<Picture> Rows()
            {
                foreach (var picture in Pictures.Make(count, seed))
                {
                    Hear();
                    yield return picture;
                }
            }
        }
    }
}
