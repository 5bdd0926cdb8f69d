using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>Device names as users write them: auto, cpu, cuda, cuda:N, mps.</summary>
public static class DeviceSelection
{
    /// <summary>The device of that name; "auto" is CUDA's first where there is one, else the CPU.</summary>
    /// <exception cref="ArgumentException">The name is unknown, or this machine has no such device; the message says what it has.</exception>
    public static Device Parse(string name)
    {
        Check(name, nameof(name));
        var (kind, index) = name.Split(':') is [var before, var after]
            ? (before, int.Parse(after, CultureInfo.InvariantCulture))
            : (name, 0);
        var gpus = kind is "auto" or "cuda" && cuda_is_available() ? cuda.device_count() : 0;
        return kind switch
        {
            "auto" => gpus > 0 ? new Device(DeviceType.CUDA, 0) : new Device(DeviceType.CPU),
            "cuda" when index < gpus => new Device(DeviceType.CUDA, index),
            "mps" when mps_is_available() => new Device(DeviceType.MPS),
            "cpu" => new Device(DeviceType.CPU),
            _ => throw new ArgumentException(
                $"There is no device '{name}' here. Available: {string.Join(", ", Available())}. " +
                "CUDA needs an NVIDIA GPU, its driver, and the package TorchSharp-cuda-linux or TorchSharp-cuda-windows.", nameof(name)),
        };
    }

    /// <summary>Checks the spelling alone, without asking the machine.</summary>
    internal static void Check(string name, string option)
    {
        ArgumentNullException.ThrowIfNull(name, option);
        var known = name is "auto" or "cpu" or "cuda" or "mps"
            || (name.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(name[5..], NumberStyles.None, CultureInfo.InvariantCulture, out _));
        if (!known)
        {
            throw new ArgumentException($"{option} is '{name}'; it must be auto, cpu, cuda, cuda:N (such as cuda:0) or mps.", option);
        }
    }

    private static IEnumerable<string> Available() =>
        ["cpu", .. Enumerable.Range(0, cuda_is_available() ? cuda.device_count() : 0).Select(i => $"cuda:{i}"), .. mps_is_available() ? new[] { "mps" } : []];
}
