using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace ResNet.Core;

/// <summary>From the names and layouts of Keras' first ResNet50 (res2a_branch2a, bn2a_branch2a, …) to torchvision's.</summary>
internal static partial class KerasResNet50
{
    // Keras' default for BatchNormalization, where model.json does not say; and torch's.
    private const double KerasEpsilon = 1e-3;
    private const double TorchEpsilon = 1e-5;

    public static StateDict Convert(LayersManifest model, string file)
    {
        var source = model.Weights;
        var result = new OrderedDictionary<string, WeightTensor>(StringComparer.Ordinal);
        var convolutions = source.Keys.Where(key => key.EndsWith("/kernel", StringComparison.Ordinal) && key != "fc1000/kernel");
        foreach (var layer in convolutions.Select(key => key[..^"/kernel".Length]).OrderBy(name => name == "conv1" ? "" : name, StringComparer.Ordinal))
        {
            var (convolution, norm, kerasNorm) = Names(layer) ?? throw Unknown(layer);
            var kernel = Get($"{layer}/kernel", rank: 4);
            result.Add($"{convolution}.weight", KernelToTorch(kernel, reverseInput: layer == "conv1"));

            var channels = kernel.Shape[3];
            var bias = source.ContainsKey($"{layer}/bias") ? Floats($"{layer}/bias", channels) : new float[channels];
            var epsilon = model.Epsilons.GetValueOrDefault(kerasNorm, KerasEpsilon);
            result.Add($"{norm}.weight", Get($"{kerasNorm}/gamma", rank: 1, channels));
            result.Add($"{norm}.bias", Get($"{kerasNorm}/beta", rank: 1, channels));
            // (x + bias − mean) / √(variance + ε), with torch's ε.
            result.Add($"{norm}.running_mean", Of(Floats($"{kerasNorm}/moving_mean", channels).Zip(bias, (mean, b) => mean - b)));
            result.Add($"{norm}.running_var", Of(Floats($"{kerasNorm}/moving_variance", channels).Select(variance => (float)(variance + epsilon - TorchEpsilon))));
        }

        var classifier = Get("fc1000/kernel", rank: 2);
        result.Add("fc.weight", Transpose(classifier));
        result.Add("fc.bias", Get("fc1000/bias", rank: 1, classifier.Shape[1]));
        return new(result);

        InvalidDataException Unknown(string layer) => new(
            $"{file}: its layer '{(layer.Length > 100 ? layer[..100] + "…" : layer)}' is none of Keras' first ResNet50 (conv1, res2a_branch2a, …, fc1000); other layers models are not supported.");

        float[] Floats(string key, long length) => MemoryMarshal.Cast<byte, float>(Get(key, rank: 1, length).Data.Span).ToArray();

        WeightTensor Get(string key, int rank, long? length = null) =>
            source.TryGetValue(key, out var tensor) && tensor.Type == ScalarType.Float32 && !tensor.Data.IsEmpty && tensor.Shape.Length == rank && (length is null || tensor.Shape[0] == length)
                ? tensor
                : throw new InvalidDataException(
                    $"{file}: {key} {(tensor is null ? "is missing" : $"is {tensor}")}; a ResNet50 has a float32 one of {(length is null ? $"{rank} dimensions" : $"{length} values")} there.");
    }

    private static (string Convolution, string Norm, string KerasNorm)? Names(string layer)
    {
        if (layer == "conv1")
        {
            return ("conv1", "bn1", "bn_conv1");
        }

        if (Branch().Match(layer) is not { Success: true } match)
        {
            return null;
        }

        var block = $"layer{match.Groups["stage"].Value[0] - '1'}.{match.Groups["block"].Value[0] - 'a'}";
        var norm = "bn" + layer["res".Length..];
        return match.Groups["part"].Value is [var part]
            ? ($"{block}.conv{part - 'a' + 1}", $"{block}.bn{part - 'a' + 1}", norm)
            : ($"{block}.downsample.0", $"{block}.downsample.1", norm);
    }

    // Height × width × in × out to out × in × height × width.
    private static WeightTensor KernelToTorch(WeightTensor kernel, bool reverseInput)
    {
        var shape = kernel.Shape;
        var (pixels, inputs, outputs) = ((int)(shape[0] * shape[1]), (int)shape[2], (int)shape[3]);
        var source = MemoryMarshal.Cast<byte, float>(kernel.Data.Span);
        var data = new byte[kernel.Data.Length];
        var result = MemoryMarshal.Cast<byte, float>(data.AsSpan());
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            for (var input = 0; input < inputs; input++)
            {
                var to = reverseInput ? inputs - 1 - input : input;
                var row = source.Slice(((pixel * inputs) + input) * outputs, outputs);
                for (var output = 0; output < outputs; output++)
                {
                    result[(((output * inputs) + to) * pixels) + pixel] = row[output];
                }
            }
        }

        return new(ScalarType.Float32, [shape[3], shape[2], shape[0], shape[1]], data);
    }

    private static WeightTensor Transpose(WeightTensor matrix)
    {
        var (rows, columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        var source = MemoryMarshal.Cast<byte, float>(matrix.Data.Span);
        var data = new byte[matrix.Data.Length];
        var result = MemoryMarshal.Cast<byte, float>(data.AsSpan());
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                result[(column * rows) + row] = source[(row * columns) + column];
            }
        }

        return new(ScalarType.Float32, [columns, rows], data);
    }

    private static WeightTensor Of(IEnumerable<float> values)
    {
        var array = values.ToArray();
        return new(ScalarType.Float32, [array.Length], MemoryMarshal.AsBytes<float>(array).ToArray());
    }

    [GeneratedRegex("^res(?<stage>[2-5])(?<block>[a-f])_branch(1|2(?<part>[a-c]))$", RegexOptions.CultureInvariant)]
    private static partial Regex Branch();
}
