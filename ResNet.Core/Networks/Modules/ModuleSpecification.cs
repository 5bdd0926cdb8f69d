using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResNet.Core;

/// <summary>
/// A TorchSharp module of one's own as a network: <see cref="CreateModule"/> makes it, and it is trained, scored and saved as this library's
/// networks are. What is saved beside its weights is this record without that function.
/// </summary>
public sealed record ModuleSpecification : NetworkSpecification
{
    private const string Unnamed = "module";

    /// <param name="createModule">As <see cref="CreateModule"/>.</param>
    public ModuleSpecification(Func<int, Module<Tensor, Tensor>> createModule)
        : this()
    {
        ArgumentNullException.ThrowIfNull(createModule);
        CreateModule = createModule;
    }

    [JsonConstructor]
    private ModuleSpecification()
    {
        Name = Unnamed;
        Normalization = null;
    }

    /// <summary>
    /// Makes a fresh module for so many classes, a new one at each call: N×C×H×W pixels in, float32; N×Classes logits out, float32. The pixels
    /// are 0..255 as they are, but where <see cref="NetworkSpecification.Normalization"/> is set (default: null). A module that runs as ONNX
    /// or is saved in a model.zip implements <see cref="IOnnxModule"/>, or is a Sequential of layers that <see cref="OnnxGraph.Call"/> knows.
    /// null where the record was read from a file: <c>with { CreateModule = … }</c>.
    /// </summary>
    [JsonIgnore]
    public Func<int, Module<Tensor, Tensor>>? CreateModule { get; init; }

    /// <summary>Unknown, 0: what a module computes between its pixels and its logits is its own affair.</summary>
    [JsonIgnore]
    public override int Features => 0;

    /// <summary>1: which sizes a module takes shows when it is tried, before a training begins.</summary>
    [JsonIgnore]
    public override int Stride => 1;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no <see cref="CreateModule"/>, or what it returned cannot be used; the message says why.</exception>
    public override ModuleNetwork Create(Device? device = null, int? seed = null)
    {
        Validate();
        if (CreateModule is null)
        {
            throw new InvalidOperationException(
                $"{Name} is a module of somebody's own class, of which a file holds the weights but not the code. ONNX Runtime scores with it all the same. " +
                "For the module itself, give the function that makes it: (specification with { CreateModule = classes => … }).Create(weights); " +
                "to train it on, Trainers.TorchModule with Options.ContinueFrom.");
        }

        Module<Tensor, Tensor> module;
        using (GlobalRandom.Seeded(seed))
        {
            module = CreateModule(Classes);
        }

        return new(Name == Unnamed && module is not null ? this with { Name = module.GetType().Name } : this, module, device, seed);
    }

    /// <inheritdoc/>
    public override ModuleSpecification Validate()
    {
        Require(HeadDropout == 0, nameof(HeadDropout), HeadDropout, "must be 0: a module of one's own brings its own dropout layers");
        base.Validate();
        return this;
    }

    /// <summary>Equal when everything that is saved is equal; the function is not.</summary>
    public bool Equals(ModuleSpecification? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
