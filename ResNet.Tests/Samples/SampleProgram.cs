using System.Diagnostics;

namespace ResNet.Tests.Samples;

/// <summary>A program of samples/, built in the configuration that these tests run in.</summary>
internal sealed class SampleProgram(string name)
{
    /// <summary>The sample's build output.</summary>
    public string Folder { get; } = AppContext.BaseDirectory.Replace(Path.Combine("ResNet.Tests", "bin"), Path.Combine("samples", name, "bin"));

    /// <summary>Runs it to its end; numbers are printed as in the invariant culture.</summary>
    public (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Folder, name + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
