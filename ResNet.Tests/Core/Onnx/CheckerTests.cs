using System.ComponentModel;
using System.Diagnostics;
using ResNet.Core;
using ResNet.Tests.Core.Networks;

namespace ResNet.Tests.Core.Onnx;

/// <summary>The onnx package's own checker and shape inference (Debian's python3-onnx) over exported files.</summary>
public class CheckerTests
{
    [SkippableFact]
    public void The_onnx_package_accepts_every_kind_of_network()
    {
        string[] names =
        [
            "resnet18", "resnet50", "resnet50-v1", "resnext50_32x4d", "resnet20", "resnet20-b", "resnet20-c", "resnet29-bottleneck",
        ];
        using var folder = new TemporaryFolder();
        foreach (var name in names)
        {
            using var network = new ResidualNetwork((ResNetSpecification)Networks.Networks.Named(name) with { Classes = 7, Width = 16 });
            network.SaveOnnx(folder.File(name), new OnnxExportOptions { Labels = OnnxNetworks.Labels(7) });
            var keys = network.state_dict().Keys.Where(key => !key.EndsWith("num_batches_tracked"));
            Assert.Equal(keys, OnnxFile.Read(folder.File(name)).Weights.Keys.OrderBy(key => network.state_dict().Keys.ToList().IndexOf(key)));
        }

        var lines = Check([.. names.Select(folder.File)]);
        foreach (var (name, line) in names.Zip(lines))
        {
            var side = Networks.Networks.Named(name).InputSize;
            Assert.StartsWith($"{name} 17 ", line);
            Assert.EndsWith($" input=['n',3,{side},{side}],Logits=['n',7],Probabilities=['n',7],Score=[7],ClassIndex=['n']", line);
        }
    }

    [SkippableFact]
    public void The_onnx_package_accepts_every_form_of_input()
    {
        using var folder = new TemporaryFolder();
        using var network = new ResidualNetwork(GeneratedImages.TinyNetwork);
        (string Name, OnnxSignature Signature, string Input)[] forms =
        [
            ("wide", new() { Height = 20, Width = 24 }, "input=['n',3,20,24]"),
            ("any", new() { AnySize = true }, "input=['n',3,'h','w']"),
            ("interleaved", new() { Layout = PixelLayout.Interleaved, Bytes = true, Input = "Pixels" }, "Pixels=['n',16,16,3]"),
        ];
        foreach (var (name, signature, _) in forms)
        {
            network.SaveOnnx(folder.File(name), new OnnxExportOptions { Signature = signature });
        }

        foreach (var (form, line) in forms.Zip(Check([.. forms.Select(form => folder.File(form.Name))])))
        {
            Assert.Contains(form.Input, line);
        }
    }

    [SkippableFact]
    public void The_onnx_package_accepts_a_loop()
    {
        using var folder = new TemporaryFolder();
        using var network = (OnnxNetworks.AdaptiveOde(1e-3) with { Classes = 7 }).Create();
        network.SaveOnnx(folder.File("ode"), new OnnxExportOptions { Labels = OnnxNetworks.Labels(7) });
        Assert.EndsWith(" input=['n',3,16,16],Logits=['n',7],Probabilities=['n',7],Score=[7],ClassIndex=['n']", Assert.Single(Check([folder.File("ode")])));
    }

    private static string[] Check(string[] files)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Repository.Root, "ResNet.Tests/Core/Onnx/check_onnx.py"), .. files])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            Skip.If(errors.Result.Contains("No module named 'onnx'"), "needs the Python package onnx: apt-get install python3-onnx");
            Assert.True(process.ExitCode == 0, errors.Result);
            return lines;
        }
        catch (Win32Exception)
        {
            Skip.If(true, "needs /usr/bin/python3 with the package onnx");
            return [];
        }
    }
}
