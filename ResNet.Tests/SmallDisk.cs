using System.Diagnostics;

namespace ResNet.Tests;

/// <summary>A disk of one megabyte; the test is skipped where none can be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SmallDisk()
    {
        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.Path)) return;
        folder.Dispose();
        Skip.If(true, "a disk of one megabyte cannot be mounted: that takes Linux, and root");
    }

    public string Path => folder.Path;

    /// <summary>Fills it but for so many bytes.</summary>
    public void Fill(int left)
    {
        using var file = System.IO.File.Create(folder.File("filler"));
        file.Write(new byte[(int)new DriveInfo(Path).AvailableFreeSpace - left]);
    }

    public void Dispose()
    {
        Run("umount", Path);
        folder.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
