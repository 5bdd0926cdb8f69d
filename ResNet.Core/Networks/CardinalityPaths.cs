using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// The residual function of a grouped bottleneck, path by path: each path works with its slice of the block's own weights,
/// so nothing has to be copied or converted between the forms.
/// </summary>
internal sealed class CardinalityPaths(CardinalityForm form, ResidualBlock.Layer[] layers, int groups)
    : Module<Tensor, Tensor>(nameof(CardinalityPaths))
{
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var paths = Enumerable.Range(0, groups).Select(path => Path(input, path)).ToArray();
        var (last, norm) = layers[^1];
        var sum = form == CardinalityForm.EarlyConcatenation
            ? last.Apply(cat(paths, 1))
            : paths.Select((x, path) => functional.conv2d(x, Slice(last.weight, dimension: 1, path).to(x.dtype))).Aggregate((sum, term) => sum + term);
        return norm.call(sum).MoveToOuterDisposeScope();
    }

    // Reduce and transform: 1×1 and 3×3, each with norm and ReLU, on the path's own channels.
    private Tensor Path(Tensor x, int path)
    {
        foreach (var (convolution, norm) in layers[..^1])
        {
            x = functional.conv2d(x, Slice(convolution.weight, dimension: 0, path).to(x.dtype), strides: convolution.stride, padding: convolution.padding);
            x = functional.batch_norm(
                x, Slice(norm.running_mean!, 0, path), Slice(norm.running_var!, 0, path), Slice(norm.weight, 0, path), Slice(norm.bias!, 0, path),
                norm.training, norm.momentum ?? 0.1, norm.eps);
            x = functional.relu(x, inplace: true);
        }

        return x;
    }

    private Tensor Slice(Tensor tensor, long dimension, int path)
    {
        var length = tensor.shape[dimension] / groups;
        return tensor.narrow(dimension, path * length, length);
    }
}
