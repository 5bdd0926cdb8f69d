using ResNet.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace ResNet.Tests.Core.Networks;

/// <summary>A few steps of gradient descent on one batch: every parameter gets a gradient, and the loss falls.</summary>
internal static class FewSteps
{
    public static void LowerTheLoss(string name, ClassificationNetwork network, double learningRate = 0.05)
    {
        using var scope = NewDisposeScope();
        using var batch = GeneratedImages.Stripes(16).GetBatch(Enumerable.Range(0, 16).ToArray());
        using var optimizer = optim.SGD(network.parameters(), learningRate);
        network.train();
        var losses = Enumerable.Range(0, 4).Select(_ =>
        {
            network.Noise.Start(seed: 1, step: 0);
            network.zero_grad();
            var loss = nn.functional.cross_entropy(network.call(batch.Pixels), batch.Labels);
            loss.backward();
            Assert.All(network.named_parameters(), parameter => Assert.True(parameter.parameter.grad?.abs().sum().item<float>() > 0, $"{name}: {parameter.name}"));
            optimizer.step();
            return loss.item<float>();
        }).ToArray();
        Assert.True(losses[^1] < losses[0], $"{name}: {string.Join(", ", losses)}");
    }
}
