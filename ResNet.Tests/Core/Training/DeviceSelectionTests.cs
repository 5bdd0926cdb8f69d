using ResNet.Core;
using TorchSharp;
using Xunit;

namespace ResNet.Tests.Core.Training;

public class DeviceSelectionTests
{
    [Fact]
    public void The_cpu_is_always_there() => Assert.Equal(DeviceType.CPU, DeviceSelection.Parse("cpu").type);

    [Fact]
    public void Auto_takes_a_gpu_where_there_is_one() =>
        Assert.Equal(torch.cuda_is_available() ? DeviceType.CUDA : DeviceType.CPU, DeviceSelection.Parse("auto").type);

    [Theory]
    [InlineData("gpu")]
    [InlineData("")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("CPU:0")]
    public void Unknown_names_bring_the_known_ones(string name) =>
        Assert.Contains("auto, cpu, cuda", Assert.Throws<ArgumentException>(() => DeviceSelection.Parse(name)).Message);

    [Fact]
    public void An_absent_device_brings_what_there_is() =>
        Assert.Contains("Available: cpu", Assert.Throws<ArgumentException>(() => DeviceSelection.Parse("cuda:200")).Message);
}
