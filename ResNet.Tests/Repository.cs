namespace ResNet.Tests;

/// <summary>Where the tests find the repository, and data that lies beside it on some machines.</summary>
internal static class Repository
{
    /// <summary>The folder that holds ResNetMLNet.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder under the shared folder beside the repository; skips the test where it is absent.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([Root, "..", "shared", .. parts]);
        Skip.IfNot(Path.Exists(path), $"needs {Path.Combine(["../shared", .. parts])}, which is not on this machine");
        return Path.GetFullPath(path);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ResNetMLNet.sln")))
                return folder.FullName;
        throw new InvalidOperationException("The tests run from a build folder inside the repository; ResNetMLNet.sln was not found above " + AppContext.BaseDirectory);
    }
}
