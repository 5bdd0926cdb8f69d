namespace ResNet.Core;

/// <summary>Several views of each image at scoring time, whose probabilities are averaged.</summary>
public enum TestTimeAugmentation
{
    /// <summary>The image as it is.</summary>
    None,

    /// <summary>The image and its mirror image: twice the work.</summary>
    Flip,

    /// <summary>
    /// The four corners and the centre, of the network's InputSize, and their mirror images (Krizhevsky et al. 2012; torchvision's TenCrop):
    /// ten times the work. The images are to be larger than InputSize.
    /// </summary>
    TenCrop,
}
