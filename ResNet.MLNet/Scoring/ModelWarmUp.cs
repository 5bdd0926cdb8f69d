using Microsoft.ML;

namespace ResNet.MLNet;

/// <summary>Takes what the first prediction costs more than others out of it.</summary>
public static class ModelWarmUp
{
    /// <summary>
    /// Loads the sessions of all networks of this library in a model, as a chain or what <c>ml.Model.LoadResNet</c> returns, and runs a black image
    /// through each. To be called when an app starts; scores are not changed by it. ML.NET's own transformers have nothing to be warmed up.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    /// <exception cref="InvalidOperationException">The network cannot be run; the message says why.</exception>
    public static void WarmUp(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        switch (model)
        {
            case ResNetTransformer classifier:
                classifier.WarmUp();
                break;
            case FeaturesTransformer features:
                features.WarmUp();
                break;
            case IEnumerable<ITransformer> chain:
                foreach (var part in chain) part.WarmUp();
                break;
        }
    }
}
