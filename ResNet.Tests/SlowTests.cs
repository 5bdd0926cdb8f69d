namespace ResNet.Tests;

/// <summary>Tests that take too long, or too much memory, for every run. They carry the trait Category=Slow as well.</summary>
internal static class SlowTests
{
    /// <summary>Skips the test unless the environment variable RESNET_SLOW_TESTS is 1.</summary>
    public static void Require() =>
        Skip.IfNot(Environment.GetEnvironmentVariable("RESNET_SLOW_TESTS") == "1", "slow: set RESNET_SLOW_TESTS=1 to run it");
}
