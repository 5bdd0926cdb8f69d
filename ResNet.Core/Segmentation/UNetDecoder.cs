using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>A U-Net's decoder: from the encoder's coarsest map to one as large as the image, past the finer ones.</summary>
internal sealed class UNetDecoder : Module<IReadOnlyList<Tensor>, Tensor>
{
    private readonly UNetBlock[] blocks;

    /// <param name="encoder">Channels of the encoder's maps, the largest first.</param>
    /// <param name="widths">Channels of each block; one more block than maps that are skipped to, where the largest map is half the image.</param>
    public UNetDecoder(IReadOnlyList<int> encoder, IReadOnlyList<int> widths)
        : base(nameof(UNetDecoder))
    {
        blocks = [.. widths.Select((width, i) => new UNetBlock(
            i == 0 ? encoder[^1] : widths[i - 1], i + 1 < encoder.Count ? encoder[^(i + 2)] : 0, width))];
        register_module("blocks", new ModuleList<UNetBlock>(blocks));
    }

    public override Tensor forward(IReadOnlyList<Tensor> input)
    {
        using var scope = NewDisposeScope();
        var x = input[^1];
        for (var i = 0; i < blocks.Length; i++)
        {
            x = blocks[i].call(x, i + 1 < input.Count ? input[^(i + 2)] : null);
        }

        return x.MoveToOuterDisposeScope();
    }

    public string Export(OnnxGraph graph, IReadOnlyList<string> maps, string prefix)
    {
        var x = maps[^1];
        for (var i = 0; i < blocks.Length; i++)
        {
            x = blocks[i].Export(graph, x, i + 1 < maps.Count ? maps[^(i + 2)] : null, $"{prefix}blocks.{i}.");
        }

        return x;
    }
}
