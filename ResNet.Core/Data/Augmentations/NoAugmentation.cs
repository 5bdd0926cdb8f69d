using static TorchSharp.torch;

namespace ResNet.Core;

internal sealed class NoAugmentation : IAugmentation
{
    public Tensor Apply(Tensor pixels, Random random) => pixels;

    public override string ToString() => "none";
}
