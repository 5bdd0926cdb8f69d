using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>A classifier without a backbone: its images are features, of 1×1 pixel and as many channels.</summary>
internal sealed record HeadSpecification : NetworkSpecification
{
    /// <param name="network">The network whose classifier is trained.</param>
    public HeadSpecification(NetworkSpecification network)
    {
        (Name, Classes, HeadDropout) = ($"the classifier of {network.Name}", network.Classes, network.HeadDropout);
        (InputChannels, InputSize, Normalization) = (network.Features, 1, null);
    }

    public override int Features => InputChannels;

    // Nothing has to be halved, and no batch norm asks for two values a channel.
    public override int Stride => 0;

    public override ClassificationNetwork Create(Device? device = null, int? seed = null) => new HeadNetwork(this);
}

/// <summary>The network of a <see cref="HeadSpecification"/>.</summary>
internal sealed class HeadNetwork : ClassificationNetwork
{
    private readonly Linear fc;

    public HeadNetwork(HeadSpecification specification)
        : base(nameof(HeadNetwork), seed: null)
    {
        Specification = specification;
        fc = Linear(specification.Features, specification.Classes);
        register_module("fc", fc);
    }

    public override HeadSpecification Specification { get; }

    private protected override Linear Classifier => fc;

    private protected override Tensor Extract(Tensor x, DisposeScope scope) => x.alias();

    private protected override string Export(OnnxGraph graph, string x, string prefix) => x;
}
