using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>Dropout that draws from the network's own noise, not from torch's global generator.</summary>
internal sealed class DropoutLayer(double probability, TrainingNoise noise) : Module<Tensor, Tensor>(nameof(DropoutLayer)), IOnnxModule
{
    public override Tensor forward(Tensor input) => training ? noise.Dropout(input, probability) : input.alias();

    /// <inheritdoc/>
    public string Export(OnnxGraph graph, string input, string prefix) => input;
}
