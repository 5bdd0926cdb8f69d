using System.Diagnostics;

namespace ResNet.Tests.Offline;

/// <summary>
/// Programs whose output on the real packages is known, compiled against the slices: they must print the same, to the
/// letter. They lie beside the repository; where they don't, these tests skip.
/// </summary>
public class ConformanceTests
{
    // Members that neither the product nor its samples need, so the slice does without them.
    private static readonly string[] LeftOutOfMicrosoftML = ["TrainerSdca"];
    private static readonly string[] LeftOutOfTorchSharp = ["DisposeStats106"];

    [SkippableFact]
    public void Microsoft_ML_prints_what_the_real_package_prints() =>
        Check("Microsoft.ML", ["Microsoft.ML.Offline.dll", "Microsoft.ML.OnnxRuntime.Offline.dll", "liboffline_image.so", "libonnxruntime.so"],
            "MLReference", LeftOutOfMicrosoftML);

    [SkippableFact]
    public void TorchSharp_prints_what_the_real_package_prints() =>
        Check("TorchSharp", ["TorchSharp.Offline.dll", "liboffline_torch.so"], "TorchReference", LeftOutOfTorchSharp);

    private static void Check(string suite, string[] slice, string property, string[] leftOut)
    {
        var source = Repository.Shared("conformance", suite);
        var built = AppContext.BaseDirectory;
        Skip.IfNot(File.Exists(Path.Combine(built, slice[0])), "the real packages are in use, not the slices");
        var work = Directory.CreateTempSubdirectory("conformance-").FullName;
        try
        {
            var reference = Directory.CreateDirectory(Path.Combine(work, "reference")).FullName;
            foreach (var file in slice)
                File.Copy(Path.Combine(built, file), Path.Combine(reference, file));
            var program = Path.Combine(work, "program");
            Copy(source, program, leftOut.Select(name => name + ".cs").ToHashSet());

            Run(program, "dotnet", "build", "-c", "Release", "-v", "quiet", "-nologo", $"-p:{property}={reference}", "-o", Path.Combine(work, "bin"));
            var run = Directory.GetFiles(Path.Combine(work, "bin"), "*.runtimeconfig.json").Single().Replace(".runtimeconfig.json", ".dll");
            Run(work, "dotnet", run, "--all", Path.Combine(work, "out"));

            var outputs = Directory.GetFiles(Path.Combine(work, "out"));
            Assert.NotEmpty(outputs);
            Assert.All(outputs, output => Assert.Equal(
                File.ReadAllLines(Path.Combine(source, "expected", Path.GetFileName(output))), File.ReadAllLines(output)));
            Assert.Equal(Directory.GetFiles(Path.Combine(source, "expected")).Length - leftOut.Length, outputs.Length);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Copy(string from, string to, HashSet<string> leftOut)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(f => !leftOut.Contains(Path.GetFileName(f))))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var copy = File.Create(target);
            using var original = File.OpenRead(file);
            original.CopyTo(copy);
        }
    }

    private static void Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{error.Result}");
    }
}
