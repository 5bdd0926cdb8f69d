using System.Reflection;

namespace ResNet.Tests.Offline;

/// <summary>What compiles against the slices compiles against the packages: their surface is part of the real one.</summary>
public class PublicSurfaceTests
{
    [SkippableTheory]
    [InlineData("TorchSharp.Offline", "TorchSharp-0.106.0.txt")]
    [InlineData("Microsoft.ML.Offline", "Microsoft.ML-5.0.0.txt")]
    [InlineData("Microsoft.ML.OnnxRuntime.Offline", "Microsoft.ML.OnnxRuntime-1.20.0.txt")]
    public void A_slice_has_only_members_of_the_real_package(string assembly, string listing)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        Skip.IfNot(File.Exists(path), "the real packages are in use, not the slices");
        var missing = PublicSurface.Missing(Assembly.LoadFrom(path), File.ReadLines(Path.Combine(Repository.Root, "offline", "api", listing)));
        Assert.True(missing.Count == 0, $"{missing.Count} members are not in {listing}:\n{string.Join('\n', missing.Take(40))}");
    }

    /// <summary>The check itself must see a difference: any member of this assembly is foreign to the listings.</summary>
    [Fact]
    public void A_foreign_member_is_found() =>
        Assert.Contains(PublicSurface.Missing(typeof(PublicSurfaceTests).Assembly, ["System.Object | class"]), line => line.Contains(nameof(A_foreign_member_is_found)));
}
