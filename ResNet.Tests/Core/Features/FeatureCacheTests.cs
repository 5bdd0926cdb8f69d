using ResNet.Core;

namespace ResNet.Tests.Core.Features;

/// <summary>Features on disk: found again, never wrong ones, whatever happens to the files.</summary>
public class FeatureCacheTests
{
    private const int Length = 5;

    private static readonly FeatureKey Backbone = FeatureKey.OfImage([1, 2, 3]);

    private static FeatureKey Image(int number) => FeatureKey.OfImage([number]);

    private static float[] Features(int number) => [.. Enumerable.Range(0, Length).Select(i => number + (i / 8f))];

    private static FeatureCache Open(TemporaryFolder folder) => new(folder.Path, Backbone, Length);

    private static void Fill(TemporaryFolder folder, params int[] images)
    {
        using var cache = Open(folder);
        foreach (var image in images)
        {
            cache.Add(Image(image), Features(image));
        }

        Assert.Null(cache.Problem);
    }

    private static int[] Found(FeatureCache cache, int count)
    {
        var features = new float[Length];
        var found = new List<int>();
        for (var i = 0; i < count; i++)
        {
            if (cache.TryGet(Image(i), features))
            {
                Assert.Equal(Features(i), features);
                found.Add(i);
            }
        }

        return [.. found];
    }

    private static string File(TemporaryFolder folder) => Directory.EnumerateFiles(folder.Path, "*.features", SearchOption.AllDirectories).Single();

    [Fact]
    public void What_was_added_is_found_by_the_next_run_and_by_no_other_backbone()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 0, 1, 2);
        using var cache = Open(folder);
        Assert.Equal([0, 1, 2], Found(cache, 5));
        using var other = new FeatureCache(folder.Path, FeatureKey.OfImage([9]), Length);
        Assert.Empty(Found(other, 5));
        using var shorter = new FeatureCache(folder.Path, Backbone, Length - 1);
        Assert.False(shorter.TryGet(Image(0), new float[Length - 1]));
    }

    [Fact]
    public void Two_runs_at_once_keep_what_either_adds()
    {
        using var folder = new TemporaryFolder();
        using (var one = Open(folder))
        using (var other = Open(folder))
        {
            one.Add(Image(0), Features(0));
            other.Add(Image(0), Features(0));
            other.Add(Image(1), Features(1));
            one.Add(Image(2), Features(2));
            // Nothing of it shows before it is complete.
            using var third = Open(folder);
            Assert.Empty(Found(third, 3));
        }

        using var cache = Open(folder);
        Assert.Equal([0, 1, 2], Found(cache, 3));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void Wherever_a_file_is_cut_the_entries_before_are_found_and_the_rest_are_not()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 0, 1, 2);
        var (path, bytes) = (File(folder), System.IO.File.ReadAllBytes(File(folder)));
        var entry = 16 + (Length * 4) + 4;
        for (var size = bytes.Length; size >= 0; size--)
        {
            System.IO.File.WriteAllBytes(path, bytes[..size]);
            using var cache = Open(folder);
            Assert.Equal(Enumerable.Range(0, Math.Max(0, (size - (bytes.Length - (3 * entry))) / entry)), Found(cache, 3));
        }
    }

    [Fact]
    public void Whichever_bit_is_wrong_no_wrong_features_come_out_and_computing_again_mends_it()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 0, 1);
        var (path, bytes) = (File(folder), System.IO.File.ReadAllBytes(File(folder)));
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= (byte)(1 << (i % 8));
            System.IO.File.WriteAllBytes(path, damaged);
            using var cache = Open(folder);
            Assert.True(Found(cache, 2).Length < 2, $"byte {i}");
        }

        var (last, missing) = (new FileInfo(path).LastWriteTimeUtc, 0);
        using (var cache = Open(folder))
        {
            missing = new[] { 0, 1 }.Except(Found(cache, 2)).Single();
            cache.Add(Image(missing), Features(missing));
        }

        foreach (var added in Directory.EnumerateFiles(folder.Path, "*.features", SearchOption.AllDirectories).Where(file => file != path))
        {
            System.IO.File.SetLastWriteTimeUtc(added, last + TimeSpan.FromSeconds(1));
        }

        using var mended = Open(folder);
        Assert.Equal([0, 1], Found(mended, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    public void A_full_disk_is_said_and_leaves_nothing_behind(int room)
    {
        using var folder = new TemporaryFolder();
        using (var cache = new FeatureCache(folder.Path, Backbone, Length, path => new FullDisk(path, room)))
        {
            for (var i = 0; i < 5; i++)
            {
                cache.Add(Image(i), Features(i));
            }

            Assert.Contains("no room", cache.Problem);
            Assert.Contains(folder.Path, cache.Problem);
        }

        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_folder_that_is_a_file_is_said()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("occupied");
        System.IO.File.WriteAllText(path, "");
        using var cache = new FeatureCache(path, Backbone, Length);
        cache.Add(Image(0), Features(0));
        Assert.Contains("another folder", cache.Problem);
        Assert.False(cache.TryGet(Image(0), new float[Length]));
    }

    [Fact]
    public void What_a_killed_run_left_is_removed_after_a_day()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, 0);
        var (old, young) = (File(folder) + ".partial", File(folder) + "2.partial");
        System.IO.File.WriteAllText(old, "");
        System.IO.File.WriteAllText(young, "");
        System.IO.File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-2));
        using var cache = Open(folder);
        Assert.Equal([0], Found(cache, 2));
        Assert.False(System.IO.File.Exists(old));
        Assert.True(System.IO.File.Exists(young));
    }

    [Fact]
    public void The_backbones_key_is_all_that_makes_features_and_nothing_else()
    {
        FeatureKey Key(int seed = 1, FeatureLayer? layer = null, int side = 16, string engine = "a", bool otherHead = false)
        {
            using var network = (GeneratedImages.TinyNetwork with { Name = $"{otherHead}", HeadDropout = otherHead ? 0.5 : 0 }).Create(seed: seed);
            if (otherHead)
            {
                using var untracked = TorchSharp.torch.no_grad();
                network.Head.weight.zero_();
            }

            return FeatureKey.OfBackbone(network, layer ?? FeatureLayer.Embedding, side, side, engine);
        }

        Assert.Equal(Key(), Key());
        Assert.NotEqual(Key(), Key(seed: 2));
        Assert.NotEqual(Key(), Key(layer: FeatureLayer.OfStage(1)));
        Assert.Equal(Key(), Key(layer: FeatureLayer.OfStage(2)));
        Assert.NotEqual(Key(), Key(side: 32));
        Assert.NotEqual(Key(), Key(engine: "b"));
        Assert.Equal(32, Key().ToString().Length);
        Assert.Equal(Key(), Key(otherHead: true));
    }

    private sealed class FullDisk(string path, int room) : FileStream(path, FileMode.CreateNew)
    {
        private int left = room;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            left -= buffer.Length;
            if (left < 0)
            {
                throw new IOException("There is no room on the device.");
            }

            base.Write(buffer);
        }
    }

    [Fact]
    public void Keys_of_images_tell_every_value_apart()
    {
        // Of bytes, of bytes at another place of a vector, and of what is no byte.
        var random = new Random(0);
        var bytes = Enumerable.Range(0, 301).Select(_ => (float)random.Next(256)).ToArray();
        var keys = new HashSet<FeatureKey> { FeatureKey.OfImage(bytes) };
        Assert.Contains(FeatureKey.OfImage([.. bytes]), keys);
        foreach (var place in new[] { 0, 5, 31, 150, 299, 300 })
        {
            foreach (var value in new[] { (bytes[place] + 1) % 256, 0.5f, -1, 256, -0f, float.NaN, 1e10f, float.Epsilon })
            {
                float[] changed = [.. bytes];
                changed[place] = value;
                Assert.True(keys.Add(FeatureKey.OfImage(changed)), $"{value} at {place}");
            }
        }
    }
}
