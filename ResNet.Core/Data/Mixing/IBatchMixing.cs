namespace ResNet.Core;

/// <summary>Mixes the images of a batch, and their targets with them. Implement it to add one's own; see <see cref="Mixing"/>.</summary>
public interface IBatchMixing
{
    /// <summary>Returns a mixed batch; the given one stays as it is.</summary>
    /// <param name="batch">Pixels N×C×H×W, uint8 or float32, 0..255; labels N class indices or N×Classes shares. The caller owns it.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="random">The only source of randomness; not for use after the call.</param>
    /// <returns>Pixels of the same shape, labels N×Classes shares (float32), on the same device; the caller owns it.</returns>
    ImageBatch Mix(ImageBatch batch, int classes, Random random);
}
