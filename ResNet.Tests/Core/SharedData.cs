using Xunit;

namespace ResNet.Tests.Core;

/// <summary>Real images and weights, kept in a folder "shared" beside the repository. Tests that need them skip where it is absent.</summary>
internal static class SharedData
{
    public static string Require(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", path);
            if (File.Exists(file))
            {
                return file;
            }
        }

        Skip.If(true, $"shared/data/{path} is not here");
        return "";
    }
}
